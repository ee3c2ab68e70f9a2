#include "audit/internal/note.h"

#include <algorithm>
#include <charconv>

#include "audit/checkpoint.h"
#include "base/encoding.h"

namespace regmark::audit {
namespace {

constexpr std::string_view signature_start = "\u2014 ";

tl::unexpected<Error> wrong(const char* what) {
  return fail(ErrorCode::corrupt, std::string("the checkpoint ") + what);
}

Result<NoteSignature> read_signature(std::string_view line) {
  if (!line.starts_with(signature_start)) return wrong("has a line that is no signature");
  line.remove_prefix(signature_start.size());
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || blank == 0) return wrong("has a signature by nobody");
  const auto bytes = base::from_base64(line.substr(blank + 1));
  NoteSignature signature{.line = {}, .name = line.substr(0, blank), .key_id = {}, .bytes = {}};
  const auto id_size = signature.key_id.size();
  if (!bytes || bytes->size() <= id_size) return wrong("has a signature that does not read");
  std::ranges::copy(std::span(*bytes).first(id_size), signature.key_id.begin());
  signature.bytes.assign(bytes->begin() + static_cast<std::ptrdiff_t>(id_size), bytes->end());
  return signature;
}

}  // namespace

Result<Note> read_note(std::string_view note) {
  if (note.size() > checkpoint_size_max) return wrong("is too large");
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (std::ranges::any_of(note, is_control)) return wrong("has control characters");
  const auto end = note.rfind("\n\n");
  if (end == std::string_view::npos) return wrong("has no signatures");
  Note read{.text = note.substr(0, end + 1), .signatures = {}};
  for (auto rest = note.substr(end + 2); !rest.empty();) {
    const auto start = rest;
    const auto line = take_line(rest);
    if (!line || read.signatures.size() == signatures_max) {
      return wrong("ends in the middle or has no end");
    }
    REGMARK_ASSIGN(auto signature, read_signature(*line));
    signature.line = start.substr(0, line->size() + 1);
    read.signatures.push_back(std::move(signature));
  }
  return read;
}

std::string signature_line(const VerifierKey& key, std::span<const std::uint8_t> signature) {
  const auto id = id_of(key);
  base::Bytes bytes(id.begin(), id.end());
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return std::string(signature_start) + key.name + " " + base::to_base64(bytes) + "\n";
}

std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> read_decimal(std::string_view text) {
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || std::to_string(number) != text) return std::nullopt;
  return number;
}

std::optional<base::Digest> read_hash(std::string_view text) {
  const auto bytes = base::from_base64(text);
  base::Digest hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

}  // namespace regmark::audit
