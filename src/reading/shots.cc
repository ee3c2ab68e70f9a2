#include "reading/shots.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "reading/image.h"

namespace regmark::reading {
namespace {

// Above this no eye sees more; below it a plate's letters get lost in blocks, and fewer pixels are
// the better choice.
constexpr int quality_best = 92, quality_worst = 40;
constexpr int width_min = 16;
constexpr double shrink_step = 0.85;
// Around a plate, in parts of its own size: its edge and the shadow it stands in.
constexpr float margin_x = 0.08F, margin_y = 0.25F;

Picture within(Picture picture, int width_max, int height_max) {
  const double factor = std::min({1.0, static_cast<double>(width_max) / picture.width(),
                                  static_cast<double>(height_max) / picture.height()});
  if (factor >= 1.0) return picture;
  return resized(picture, static_cast<int>(std::floor(picture.width() * factor)),
                 static_cast<int>(std::floor(picture.height() * factor)));
}

// The best quality that fits; an empty file: none does.
Result<base::Bytes> best_that_fits(const Picture& picture, std::size_t size_max) {
  base::Bytes best;
  int low = quality_worst, high = quality_best;
  while (low <= high) {
    const int middle = (low + high) / 2;
    REGMARK_ASSIGN(auto jpeg, encode_jpeg(picture, middle));
    if (jpeg.size() <= size_max) {
      best = std::move(jpeg);
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return best;
}

}  // namespace

Result<base::Bytes> encode_within(const Picture& picture, std::size_t size_max) {
  Picture smaller = picture;
  for (;;) {
    REGMARK_ASSIGN(auto jpeg, best_that_fits(smaller, size_max));
    if (!jpeg.empty()) return jpeg;
    const int width = static_cast<int>(smaller.width() * shrink_step);
    if (width < width_min) break;
    smaller = resized(smaller, width, static_cast<int>(smaller.height() * shrink_step));
  }
  return fail(ErrorCode::limit_exceeded, "no picture fits in so few bytes");
}

Result<base::Bytes> plate_patch(const Picture& picture, const Corners& corners) {
  auto box = box_around(corners);
  const float x = box.width() * margin_x, y = box.height() * margin_y;
  box = {box.left - x, box.top - y, box.right + x, box.bottom + y};
  const Box whole{0, 0, static_cast<float>(picture.width()), static_cast<float>(picture.height())};
  if (!(overlap(box, whole) > 0)) {
    return fail(ErrorCode::invalid_input, "the plate's corners are outside the picture");
  }
  return encode_within(within(cropped(picture, box), patch_width_max, patch_height_max),
                       patch_size_max);
}

Result<base::Bytes> overview(const Picture& picture) {
  return encode_within(within(picture, overview_side_max, overview_side_max), overview_size_max);
}

}  // namespace regmark::reading
