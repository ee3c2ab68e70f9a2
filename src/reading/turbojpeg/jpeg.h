// JPEG through libturbojpeg. Only reading/picture.cc calls it.
#pragma once

#include <cstdint>
#include <span>

#include "base/crypto.h"
#include "base/result.h"
#include "reading/picture.h"

namespace regmark::reading::turbojpeg {

// Fails with
//   limit_exceeded   more than pixels_max
//   invalid_input    no JPEG, or one that is damaged or cut short
Result<Picture> decode(std::span<const std::uint8_t> file, std::int64_t pixels_max);

Result<base::Bytes> encode(const Picture& picture, int quality);

}  // namespace regmark::reading::turbojpeg
