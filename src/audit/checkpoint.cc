#include "audit/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/check.h"
#include "base/encoding.h"

namespace regmark::audit {
namespace {

constexpr std::string_view signature_start = "\u2014 ";
constexpr std::uint8_t ed25519_type = 1;
constexpr std::size_t key_id_size = 4;

tl::unexpected<Error> wrong(const char* what) {
  return fail(ErrorCode::corrupt, std::string("the checkpoint ") + what);
}

base::Bytes key_id(std::string_view name, const PublicKey& key) {
  static constexpr std::uint8_t between[] = {'\n', ed25519_type};
  const auto digest = base::sha256({base::as_bytes(name), between, key});
  return {digest.begin(), digest.begin() + key_id_size};
}

// Takes the text up to the next newline from the front; nothing when there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

enum class Signed { by_another, by_key, wrongly };

// Whether one line, "— name base64", is a signature of the text by this key.
Result<Signed> check_line(std::string_view line, std::string_view text, std::string_view name,
                          const PublicKey& key) {
  if (!line.starts_with(signature_start)) return wrong("has a line that is no signature");
  line.remove_prefix(signature_start.size());
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || blank == 0) return wrong("has a signature by nobody");
  const auto bytes = base::from_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() <= key_id_size) return wrong("has a signature that does not read");
  const auto signature = std::span(*bytes).subspan(key_id_size);
  if (line.substr(0, blank) != name ||
      !std::ranges::equal(std::span(*bytes).first(key_id_size), key_id(name, key))) {
    return Signed::by_another;
  }
  base::Signature fixed{};
  if (signature.size() != fixed.size()) return Signed::wrongly;
  std::ranges::copy(signature, fixed.begin());
  return base::verify(key, base::as_bytes(text), fixed) ? Signed::by_key : Signed::wrongly;
}

}  // namespace

bool is_origin(std::string_view text) {
  return !text.empty() && text.size() <= origin_size_max &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '+'; });
}

std::string sign_note(std::string_view text, std::string_view key_name,
                      const base::SigningKey& key) {
  REGMARK_CHECK(text.ends_with('\n') && is_origin(key_name));
  auto bytes = key_id(key_name, key.public_key);
  const auto signature = base::sign(key, base::as_bytes(text));
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  std::string note(text);
  note.append("\n").append(signature_start).append(key_name).append(" ");
  return note.append(base::to_base64(bytes)).append("\n");
}

Result<std::string> open_note(std::string_view note, std::string_view key_name,
                              const PublicKey& key) {
  if (note.size() > checkpoint_size_max) return wrong("is too large");
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (std::ranges::any_of(note, is_control)) return wrong("has control characters");
  const auto end = note.rfind("\n\n");
  if (end == std::string_view::npos) return wrong("has no signatures");
  const auto text = note.substr(0, end + 1);
  auto rest = note.substr(end + 2);
  bool is_signed = false;
  for (std::size_t lines = 0; !rest.empty(); ++lines) {
    const auto line = take_line(rest);
    if (!line || lines == signatures_max) return wrong("ends in the middle or has no end");
    REGMARK_ASSIGN(const auto found, check_line(*line, text, key_name, key));
    if (found == Signed::wrongly) return wrong("has a signature that does not hold");
    if (found == Signed::by_key) is_signed = true;
  }
  if (!is_signed) return wrong("is not signed by the log's key");
  return std::string(text);
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const base::SigningKey& key) {
  const auto text = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
                    base::to_base64(checkpoint.root) + "\n";
  return sign_note(text, checkpoint.origin, key);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const PublicKey& key) {
  const auto origin = note.substr(0, note.find('\n'));
  if (!is_origin(origin)) return wrong("names no log");
  REGMARK_ASSIGN(const auto text, open_note(note, origin, key));
  std::string_view rest = text;
  take_line(rest);
  const auto size = take_line(rest);
  const auto root = take_line(rest);
  if (!size || !root) return wrong("has too few lines");
  // Lines after the third are extensions, which are not ours to read.
  Checkpoint checkpoint{.origin = std::string(origin), .size = 0, .root = {}};
  const auto [stop, error] =
      std::from_chars(size->data(), size->data() + size->size(), checkpoint.size);
  if (error != std::errc{} || std::to_string(checkpoint.size) != *size) {
    return wrong("has a size that is no number");
  }
  const auto bytes = base::from_base64(*root);
  if (!bytes || bytes->size() != checkpoint.root.size()) return wrong("has a root that is no hash");
  std::ranges::copy(*bytes, checkpoint.root.begin());
  return checkpoint;
}

std::string verifier_key(std::string_view origin, const PublicKey& key) {
  base::Bytes bytes{ed25519_type};
  bytes.insert(bytes.end(), key.begin(), key.end());
  return std::string(origin) + "+" + base::to_hex(key_id(origin, key)) + "+" +
         base::to_base64(bytes);
}

}  // namespace regmark::audit
