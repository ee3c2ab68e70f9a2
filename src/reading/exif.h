// The few facts of a picture file's EXIF part that we need.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/time.h"

namespace regmark::reading {

struct ExifFacts {
  int orientation = 1;                 // 1 to 8, as EXIF numbers them; 1 is upright
  std::optional<base::UtcTime> taken;  // only where the file says its offset from UTC too
};

// Reads a JPEG's, PNG's or WebP's EXIF part. What is missing or damaged is left as it stands: a
// picture without these facts is still a picture.
ExifFacts exif_of(std::span<const std::uint8_t> file);

}  // namespace regmark::reading
