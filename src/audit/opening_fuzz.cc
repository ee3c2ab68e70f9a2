// Any bytes either fail cleanly or give an opening that writes itself again.
#include <cstdint>
#include <string_view>

#include "audit/opening.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto opening = regmark::audit::read_opening(text);
  if (opening) REGMARK_CHECK(to_text(*opening) == text);
  return 0;
}
