#include "server/keys.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/encoding.h"
#include "base/files.h"

namespace regmark::server {
namespace {

using Secret = std::array<std::uint8_t, 32>;

constexpr std::size_t file_size_max = 256;

Result<Secret> read_key(const std::filesystem::path& file) {
  REGMARK_ASSIGN(auto bytes, base::read_file(file, file_size_max));
  auto text = base::as_text(bytes);
  while (text.ends_with('\n')) text.remove_suffix(1);
  auto decoded = base::from_hex(text);
  base::wipe(bytes);
  Secret secret{};
  if (!decoded || decoded->size() != secret.size()) {
    return fail(ErrorCode::corrupt, file.string() + " does not hold a key");
  }
  std::ranges::copy(*decoded, secret.begin());
  base::wipe(*decoded);
  return secret;
}

Result<void> write_hex(const std::filesystem::path& file, std::span<const std::uint8_t> bytes) {
  return base::write_file(file, base::as_bytes(base::to_hex(bytes) + "\n"));
}

// Gives the secret of the file; on a first run, a new one.
Result<Secret> read_or_make(const std::filesystem::path& file, bool first_run) {
  auto secret = read_key(file);
  if (secret || secret.error().code != ErrorCode::not_found) return secret;
  if (!first_run) {
    return fail(ErrorCode::corrupt, file.string() +
                                        " is gone, and what it sealed is still here: put it back "
                                        "from its backup");
  }
  const auto made = base::random_bytes<32>();
  REGMARK_TRY(write_hex(file, made));
  return made;
}

}  // namespace

Result<Keys> open_keys(const std::filesystem::path& data) {
  const auto folder = data / "keys";
  // The records are made after the keys: without them, nothing was sealed yet.
  const bool first_run = !std::filesystem::exists(data / "records.db");
  REGMARK_TRY(base::make_private_folder(folder));
  REGMARK_ASSIGN(const auto seed, read_or_make(folder / "audit_signing.key", first_run));
  REGMARK_ASSIGN(const auto master, read_or_make(folder / "store_master.key", first_run));
  Keys keys{base::signing_key_from_seed(seed), master, first_run};
  // For others to read: it opens nothing.
  const auto shown = data / "audit.pub";
  REGMARK_TRY(write_hex(shown, keys.signing.public_key));
  return keys;
}

}  // namespace regmark::server
