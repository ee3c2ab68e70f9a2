// Any bytes either fail cleanly or are exactly what their files give again.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "evidence/zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto files = regmark::evidence::read_zip(bytes);
  if (files) REGMARK_CHECK(regmark::evidence::write_zip(*files).value() == bytes);
  return 0;
}
