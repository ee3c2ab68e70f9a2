// Any bytes either fail cleanly or have sides within the bounds.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "intake/picture_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto picture = regmark::intake::check_jpeg({data, size});
  if (!picture) return 0;
  REGMARK_CHECK(picture->width >= regmark::intake::picture_side_min);
  REGMARK_CHECK(picture->height <= regmark::intake::picture_side_max);
  return 0;
}
