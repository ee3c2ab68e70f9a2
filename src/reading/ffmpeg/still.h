// PNG, WebP and BMP through libavcodec. Only reading/picture.cc calls it.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "reading/picture.h"

namespace regmark::reading::ffmpeg {

// Fails with
//   limit_exceeded   more than pixels_max
//   invalid_input    damaged, or a kind of its format that the library cannot read
Result<Picture> decode_still(PictureFormat format, std::span<const std::uint8_t> file,
                             std::int64_t pixels_max);

}  // namespace regmark::reading::ffmpeg
