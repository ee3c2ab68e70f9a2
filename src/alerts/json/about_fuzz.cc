// Any bytes either fail cleanly or give an alert's read and hit that read back as themselves.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "alerts/json/about.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::alerts::json;
  const auto once = decode(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!once) return 0;
  const auto text = encode(once->read, once->hit);
  const auto twice = decode(text);
  REGMARK_CHECK(twice && encode(twice->read, twice->hit) == text);
  return 0;
}
