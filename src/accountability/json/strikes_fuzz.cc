// Any bytes are strikes that read back the same, or fail cleanly.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "accountability/public_versions.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::accountability;
  const auto once = parse_strikes(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!once) return 0;
  const auto twice = parse_strikes(format_strikes(*once));
  REGMARK_CHECK(twice && *twice == *once);
  return 0;
}
