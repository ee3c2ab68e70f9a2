#include "audit/checkpoint.h"

#include <algorithm>
#include <optional>

#include "audit/internal/note.h"
#include "base/check.h"
#include "base/encoding.h"

namespace regmark::audit {
namespace {

tl::unexpected<Error> wrong(const char* what) {
  return fail(ErrorCode::corrupt, std::string("the checkpoint ") + what);
}

bool holds(const NoteSignature& signature, std::string_view text, const PublicKey& key) {
  base::Signature fixed{};
  if (signature.bytes.size() != fixed.size()) return false;
  std::ranges::copy(signature.bytes, fixed.begin());
  return base::verify(key, base::as_bytes(text), fixed);
}

}  // namespace

bool is_origin(std::string_view text) {
  return !text.empty() && text.size() <= origin_size_max &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '+'; });
}

std::string sign_note(std::string_view text, std::string_view key_name,
                      const base::SigningKey& key) {
  REGMARK_CHECK(text.ends_with('\n') && is_origin(key_name));
  const auto signature = base::sign(key, base::as_bytes(text));
  return std::string(text) + "\n" +
         signature_line({std::string(key_name), KeyKind::log, key.public_key}, signature);
}

Result<std::string> open_note(std::string_view note, std::string_view key_name,
                              const PublicKey& key) {
  REGMARK_ASSIGN(const auto read, read_note(note));
  const VerifierKey signer{std::string(key_name), KeyKind::log, key};
  bool is_signed = false;
  for (const auto& signature : read.signatures) {
    if (!signature.is_by(signer)) continue;
    // A wrong one by a known key spoils the note, whatever else is on it.
    if (!holds(signature, read.text, key)) return wrong("has a signature that does not hold");
    is_signed = true;
  }
  if (!is_signed) return wrong("is not signed by the log's key");
  return std::string(read.text);
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
  const auto number = read_decimal(*size);
  if (!number) return wrong("has a size that is no number");
  const auto hash = read_hash(*root);
  if (!hash) return wrong("has a root that is no hash");
  return Checkpoint{.origin = std::string(origin), .size = *number, .root = *hash};
}

}  // namespace regmark::audit
