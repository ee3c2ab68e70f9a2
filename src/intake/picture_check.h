// Whether bytes are the picture they claim to be, without decoding one: the office takes pictures
// from outside and never opens them.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"

namespace regmark::intake {

// No plate can be read on less; no camera in use gives more (16 megapixel sensors are under 6,000
// wide).
inline constexpr std::uint32_t picture_side_min = 8;
inline constexpr std::uint32_t picture_side_max = 10'000;

struct PictureSize {
  std::uint32_t width = 0, height = 0;
};

// Walks the segments of a JPEG (ITU T.81 annex B) from the first marker to the scan and looks for
// the end. Fails with, in this order:
//   invalid_input    not a JPEG; cut short; no frame before its scan; sides that no camera gives
Result<PictureSize> check_jpeg(std::span<const std::uint8_t> bytes);

}  // namespace regmark::intake
