// The two pictures that go with a read, at the national caps (NASPLE part 1: plate patch of at most
// 120 x 60 pixels and 3 KB, overview of at most 25 KB).
#pragma once

#include "base/result.h"
#include "reading/geometry.h"
#include "reading/picture.h"

namespace regmark::reading {

inline constexpr int patch_width_max = 120, patch_height_max = 60;
inline constexpr std::size_t patch_size_max = 3'000;      // bytes; the smaller reading of "KB"
inline constexpr std::size_t overview_size_max = 25'000;  // bytes
// 25 KB show more of a scene at this size than of a larger one at a worse quality.
inline constexpr int overview_side_max = 800;

// The plate as it stands in the picture, with a little around it: not straightened, so that whoever
// confirms a read sees what the camera saw. Fails with
//   invalid_input   the corners are outside the picture
Result<base::Bytes> plate_patch(const Picture& picture, const Corners& corners);

// The whole picture.
Result<base::Bytes> overview(const Picture& picture);

// A JPEG of at most size_max bytes: as good as fits, and smaller where even a poor one would not.
// Fails with
//   limit_exceeded   not even 16 pixels of width fit
Result<base::Bytes> encode_within(const Picture& picture, std::size_t size_max);

}  // namespace regmark::reading
