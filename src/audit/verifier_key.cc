#include "audit/verifier_key.h"

#include <algorithm>

#include "audit/checkpoint.h"
#include "base/encoding.h"

namespace regmark::audit {

KeyId id_of(const VerifierKey& key) {
  const std::uint8_t between[] = {'\n', static_cast<std::uint8_t>(key.kind)};
  const auto digest = base::sha256({base::as_bytes(key.name), between, key.key});
  KeyId id{};
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

std::string to_text(const VerifierKey& key) {
  base::Bytes bytes{static_cast<std::uint8_t>(key.kind)};
  bytes.insert(bytes.end(), key.key.begin(), key.key.end());
  return key.name + "+" + base::to_hex(id_of(key)) + "+" + base::to_base64(bytes);
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  const auto wrong = [](const char* what) {
    return fail(ErrorCode::invalid_input, std::string("this is no verifier key: ") + what);
  };
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.size() > verifier_key_size_max) return wrong("it is too long");
  // The key is base64, which may itself have a '+'.
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return wrong("it is not NAME+ID+KEY");
  VerifierKey read{.name = std::string(text.substr(0, first)), .kind = KeyKind::log, .key = {}};
  if (!is_origin(read.name)) return wrong("its name is none");
  const auto bytes = base::from_base64(text.substr(second + 1));
  if (!bytes || bytes->size() != 1 + read.key.size()) return wrong("its key does not read");
  read.kind = static_cast<KeyKind>(bytes->front());
  if (read.kind != KeyKind::log && read.kind != KeyKind::witness) {
    return wrong("its kind is not known here");
  }
  std::copy(bytes->begin() + 1, bytes->end(), read.key.begin());
  if (text.substr(first + 1, second - first - 1) != base::to_hex(id_of(read))) {
    return wrong("its id is not that of the key");
  }
  return read;
}

}  // namespace regmark::audit
