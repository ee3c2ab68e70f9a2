#include "cli/camera_key.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/files.h"

namespace regmark::cli {

Result<base::SigningKey> read_camera_key(const std::filesystem::path& file) {
  constexpr std::size_t size_max = 256;
  REGMARK_ASSIGN(auto bytes, base::read_file(file, size_max));
  auto text = base::as_text(bytes);
  while (text.ends_with('\n')) text.remove_suffix(1);
  auto decoded = base::from_hex(text);
  base::wipe(bytes);
  std::array<std::uint8_t, 32> seed{};
  if (!decoded || decoded->size() != seed.size()) {
    return fail(ErrorCode::invalid_input, file.string() + " holds no camera's key");
  }
  std::ranges::copy(*decoded, seed.begin());
  base::wipe(*decoded);
  return base::signing_key_from_seed(seed);
}

Result<base::SigningKey> make_camera_key(const std::filesystem::path& file) {
  auto known = read_camera_key(file);
  if (known || known.error().code != ErrorCode::not_found) return known;
  const auto key = base::new_signing_key();
  REGMARK_TRY(base::write_file(file, base::as_bytes(base::to_hex(key.seed) + "\n")));
  return key;
}

std::string plain_fingerprint(const std::string& printed) {
  std::string plain;
  for (const char c : printed.substr(printed.find('=') + 1)) {
    if (c == ':') continue;
    plain += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return plain;
}

}  // namespace regmark::cli
