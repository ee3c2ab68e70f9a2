#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/crypto.h"
#include "reading/ranges.h"

// Any text after the right first line either fails cleanly or gives ranges that read back as
// themselves.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark;
  const auto network = base::as_bytes("a network");
  const std::string typed(reinterpret_cast<const char*>(data), size);
  REGMARK_CHECK(!reading::parse_ranges(typed, network) || typed.starts_with("regmark ranges 1 "));
  const auto ranges = reading::parse_ranges(reading::text_of({}, network) + typed, network);
  if (!ranges) return 0;
  const auto once = reading::parse_ranges(reading::text_of(*ranges, network), network);
  REGMARK_CHECK(once && once->size() == ranges->size());
  const auto twice = reading::parse_ranges(reading::text_of(*once, network), network);
  REGMARK_CHECK(twice && *twice == *once);
  return 0;
}
