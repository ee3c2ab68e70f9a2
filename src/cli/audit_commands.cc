#include <algorithm>
#include <iostream>

#include "audit/log.h"
#include "base/encoding.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {
namespace {

// 64 hexadecimal digits.
Result<std::array<std::uint8_t, 32>> read_public_key(const std::filesystem::path& file) {
  constexpr std::size_t size_max = 256;
  const auto bytes = base::read_file(file, size_max);
  if (!bytes && bytes.error().code != ErrorCode::limit_exceeded) {
    return fail(bytes.error().code, file.string() + ": " + bytes.error().message);
  }
  auto text = bytes ? base::as_text(*bytes) : std::string_view();
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto key = base::from_hex(text);
  std::array<std::uint8_t, 32> public_key{};
  if (!key || key->size() != public_key.size()) {
    return fail(ErrorCode::invalid_input,
                file.string() + " is no public key: it must hold 64 hexadecimal digits");
  }
  std::ranges::copy(*key, public_key.begin());
  return public_key;
}

}  // namespace

int audit_verify(const std::filesystem::path& folder, const std::filesystem::path& key) {
  const auto public_key = read_public_key(key);
  if (!public_key) return say_failure(public_key.error());
  const auto verified = audit::verify(folder, *public_key);
  if (!verified) return say_failure("the log does NOT hold: " + verified.error().message);
  std::cout << "The log holds: " << verified->size << " records, root "
            << base::to_hex(verified->root) << ", " << verified->details_missing
            << " without details.\n";
  return 0;
}

}  // namespace regmark::cli
