#include "reading/image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "base/check.h"
#include "reading/opencv/settle.h"

namespace regmark::reading {
namespace {

// OpenCV's view of our pixels. It has no view that promises to only read.
cv::Mat view(const Picture& picture) {
  settle();
  return {picture.height(), picture.width(), CV_8UC3,
          const_cast<std::uint8_t*>(picture.pixels().data()), picture.row_size()};
}

Picture picture_from(const cv::Mat& mat) {
  auto picture = Picture::create(mat.cols, mat.rows);
  REGMARK_CHECK(picture);
  mat.copyTo(view(*picture));
  return *std::move(picture);
}

// To the size of `to`, which has its pixels already: a part of a canvas, or a picture's own.
void resize(const cv::Mat& from, cv::Mat to) {
  if (from.size() == to.size()) {
    from.copyTo(to);
    return;
  }
  // Averaging by whole factors is ten times as fast as by others: so it goes as far as that goes,
  // and the rest, which skips no pixel then, is bilinear. What is left of the last columns and rows
  // is less than one pixel of the result.
  const int factor = std::min(from.cols / to.cols, from.rows / to.rows);
  cv::Mat half = from;
  if (factor >= 2) {
    const cv::Size whole(from.cols / factor, from.rows / factor);
    const cv::Rect used(0, 0, whole.width * factor, whole.height * factor);
    if (whole == to.size()) {
      cv::resize(from(used), to, whole, 0, 0, cv::INTER_AREA);
      return;
    }
    cv::resize(from(used), half, whole, 0, 0, cv::INTER_AREA);
  }
  cv::resize(half, to, to.size(), 0, 0, cv::INTER_LINEAR);
}

// The whole pixels that the box touches, within the picture. May be empty.
cv::Rect pixels_of(const Box& box, cv::Size within) {
  // Clamped as floating point: a corner far outside must not overflow an int.
  const auto clamp = [](float value, int most) {
    return static_cast<int>(std::clamp(value, 0.F, static_cast<float>(most)));
  };
  const int left = clamp(std::floor(box.left), within.width);
  const int top = clamp(std::floor(box.top), within.height);
  return {left, top, clamp(std::ceil(box.right), within.width) - left,
          clamp(std::ceil(box.bottom), within.height) - top};
}

std::array<cv::Point2f, 4> points_of(const Corners& corners) {
  std::array<cv::Point2f, 4> points;
  for (std::size_t at = 0; at < 4; ++at) points[at] = {corners[at].x, corners[at].y};
  return points;
}

// Where a plate is more than twice as wide as its straight picture, a bilinear warp would skip
// pixels: it is first shrunk by a whole factor, to between one and two times.
constexpr float shrink_above = 2.0F;
constexpr float shrink_margin = 0.2F;  // of the plate's width, kept around it
// What the straight picture shows around the plate, in parts of its width and height.
constexpr float margin_x = 0.06F, margin_y = 0.125F;

// The plate with its margins as width x height pixels, in colour.
cv::Mat warped(const Picture& picture, Corners corners, int width, int height) {
  const auto wide = static_cast<float>(width), high = static_cast<float>(height);
  const float x = wide * margin_x / (1 + 2 * margin_x);
  const float y = high * margin_y / (1 + 2 * margin_y);
  cv::Mat source = view(picture);
  const float plate_width = size_of(corners).width;
  const float inner_width = wide - 2 * x;
  const float times = std::ceil(plate_width / (shrink_above * inner_width));
  if (times > 1 && times < plate_width) {
    auto box = box_around(corners);
    const float margin = plate_width * shrink_margin;
    box = {box.left - margin, box.top - margin, box.right + margin, box.bottom + margin};
    const auto part = pixels_of(box, source.size());
    const int factor = static_cast<int>(times);
    const cv::Size small_size(part.width / factor, part.height / factor);
    if (!small_size.empty()) {
      const cv::Rect used(part.tl(),
                          cv::Size(small_size.width * factor, small_size.height * factor));
      cv::Mat small;
      cv::resize(source(used), small, small_size, 0, 0, cv::INTER_AREA);
      source = small;
      for (auto& corner : corners) {
        corner.x = (corner.x - static_cast<float>(part.x)) / times;
        corner.y = (corner.y - static_cast<float>(part.y)) / times;
      }
    }
  }
  const auto from = points_of(corners);
  const auto to = points_of({{{x, y}, {wide - x, y}, {wide - x, high - y}, {x, high - y}}});
  cv::Mat flat;
  cv::warpPerspective(source, flat, cv::getPerspectiveTransform(from.data(), to.data()),
                      {width, height}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return flat;
}

// What the network can take. Small inputs are rounded up further, since there time is lost less by
// a few more pixels than by a shape that did not come before.
cv::Size padded(cv::Size size) {
  const int step = std::max(size.width, size.height) <= 512 ? 64 : 32;
  return {(size.width + step - 1) / step * step, (size.height + step - 1) / step * step};
}

// A canvas for a network, red first, of the grey that stands for nothing there.
cv::Mat canvas_in(Pixels& pixels, cv::Size size) {
  constexpr std::uint8_t grey = 114;
  pixels.height = size.height;
  pixels.width = size.width;
  pixels.channels = 3;
  pixels.values.assign(static_cast<std::size_t>(size.area()) * 3, grey);
  return {size.height, size.width, CV_8UC3, pixels.values.data()};
}

}  // namespace

Picture resized(const Picture& picture, int width, int height) {
  auto made = Picture::create(std::max(1, width), std::max(1, height));
  REGMARK_CHECK(made);
  resize(view(picture), view(*made));
  return *std::move(made);
}

Picture cropped(const Picture& picture, const Box& box) {
  const cv::Mat source = view(picture);
  const auto part = pixels_of(box, source.size());
  REGMARK_CHECK(!part.empty());
  return picture_from(source(part));
}

Corners DetectorInput::in_picture(Corners corners) const {
  for (auto& corner : corners) {
    corner.x = corner.x / scale_x + left;
    corner.y = corner.y / scale_y + top;
  }
  return corners;
}

DetectorInput detector_input(const Picture& picture, int long_side) {
  const double factor =
      static_cast<double>(long_side) / std::max(picture.width(), picture.height());
  const cv::Size size(std::max(1, static_cast<int>(std::lround(picture.width() * factor))),
                      std::max(1, static_cast<int>(std::lround(picture.height() * factor))));
  DetectorInput input;
  input.scale_x = static_cast<float>(size.width) / static_cast<float>(picture.width());
  input.scale_y = static_cast<float>(size.height) / static_cast<float>(picture.height());
  const cv::Mat canvas = canvas_in(input.pixels, padded(size));
  resize(view(picture), canvas(cv::Rect({0, 0}, size)));
  return input;
}

DetectorInput shrunk(const DetectorInput& input, int factor) {
  const auto& from = input.pixels;
  DetectorInput made{{},
                     input.left,
                     input.top,
                     input.scale_x / static_cast<float>(factor),
                     input.scale_y / static_cast<float>(factor)};
  const cv::Size size(std::max(1, from.width / factor), std::max(1, from.height / factor));
  const cv::Mat canvas = canvas_in(made.pixels, padded(size));
  // It is only read, but has no view that promises it.
  const cv::Mat source(from.height, from.width, CV_8UC3,
                       const_cast<std::uint8_t*>(from.values.data()));
  resize(source, canvas(cv::Rect({0, 0}, size)));
  return made;
}

DetectorInput close_up(const Picture& picture, const Corners& corners) {
  const cv::Size canvas(224, 160);
  constexpr float plate_width = 120;
  const cv::Mat source = view(picture);
  const auto centre = centre_of(corners);
  // No plate is wider than the picture by much: whatever says so is not worth the memory.
  const float widest = 2 * static_cast<float>(std::max(source.cols, source.rows));
  const float factor = plate_width / std::clamp(size_of(corners).width, 1.F, widest);
  DetectorInput input;
  const float width = std::max(1.F, std::round(static_cast<float>(canvas.width) / factor));
  const float height = std::max(1.F, std::round(static_cast<float>(canvas.height) / factor));
  input.left = std::round(centre.x - width / 2);
  input.top = std::round(centre.y - height / 2);
  input.scale_x = static_cast<float>(canvas.width) / width;
  input.scale_y = static_cast<float>(canvas.height) / height;
  const auto part =
      pixels_of({input.left, input.top, input.left + width, input.top + height}, source.size());
  const cv::Mat made = canvas_in(input.pixels, canvas);
  if (!part.empty()) {
    const auto scaled = [](float length, float scale) {
      return static_cast<int>(std::lround(length * scale));
    };
    const cv::Point from(scaled(static_cast<float>(part.x) - input.left, input.scale_x),
                         scaled(static_cast<float>(part.y) - input.top, input.scale_y));
    const cv::Point to(scaled(static_cast<float>(part.br().x) - input.left, input.scale_x),
                       scaled(static_cast<float>(part.br().y) - input.top, input.scale_y));
    if (to.x > from.x && to.y > from.y) resize(source(part), made(cv::Rect(from, to)));
  }
  return input;
}

StraightPlate straighten(const Picture& picture, const Corners& corners, Lines lines) {
  cv::Mat flat = lines == Lines::two
                     ? warped(picture, corners, straight_width / 2, straight_height * 2)
                     : warped(picture, corners, straight_width, straight_height);
  cv::cvtColor(flat, flat, cv::COLOR_RGB2GRAY);
  if (lines == Lines::two) {
    cv::Mat side_by_side;
    cv::hconcat(flat.rowRange(0, straight_height),
                flat.rowRange(straight_height, 2 * straight_height), side_by_side);
    flat = side_by_side;
  }
  StraightPlate plate(static_cast<std::size_t>(straight_width) * straight_height);
  flat.copyTo(cv::Mat(straight_height, straight_width, CV_8UC1, plate.data()));
  return plate;
}

Background background_of(const Picture& picture, const Corners& corners) {
  const cv::Mat flat = warped(picture, corners, 64, 16);
  std::vector<std::array<int, 3>> pixels;
  bool has_colour = false;
  for (int y = 2; y < 14; ++y) {  // the margins are not the plate
    for (int x = 4; x < 60; ++x) {
      const auto& pixel = flat.at<cv::Vec3b>(y, x);
      pixels.push_back({pixel[0], pixel[1], pixel[2]});
      const auto [low, high] = std::minmax({pixel[0], pixel[1], pixel[2]});
      has_colour |= high - low > 12;
    }
  }
  if (!has_colour) return Background::unknown;  // a grey camera cannot tell white from yellow
  // The lighter half is background: the strokes of a plate cover less than a half of it.
  std::ranges::sort(pixels, std::greater<>(),
                    [](const auto& pixel) { return pixel[0] + pixel[1] + pixel[2]; });
  double red = 0, green = 0, blue = 0;
  for (std::size_t at = 0; at < pixels.size() / 2; ++at) {
    red += pixels[at][0];
    green += pixels[at][1];
    blue += pixels[at][2];
  }
  // Between these lie dusk and street lamps: rather no answer than a wrong one.
  constexpr double yellow_below = 0.62, white_above = 0.82;
  const double brightest = std::max({red, green, blue, 1.0});
  if (blue < yellow_below * std::min(red, green) && green > 0.65 * red) return Background::yellow;
  if (std::min({red, green, blue}) > white_above * brightest) return Background::white;
  return Background::unknown;
}

void draw_plate(Picture& picture, const Corners& corners, const std::vector<std::string>& lines,
                Ink ink) {
  cv::Mat canvas = view(picture);
  const double unit = std::max(1.0, std::max(picture.width(), picture.height()) / 640.0);
  const int thickness = static_cast<int>(std::lround(unit * 1.5));
  const cv::Scalar outline = ink == Ink::plain ? cv::Scalar(0, 255, 0) : cv::Scalar(255, 160, 0);
  const cv::Scalar paper(0, 0, 0);
  std::vector<cv::Point> points;
  for (const auto& point : points_of(corners)) points.emplace_back(point);
  cv::polylines(canvas, points, true, outline, thickness, cv::LINE_AA);
  const auto box = box_around(corners);
  int bottom = static_cast<int>(box.top) - 2 * thickness;
  // From the lowest line up; the first one is the largest.
  for (std::size_t left = lines.size(); left > 0; --left) {
    const auto& line = lines[left - 1];
    const double size = unit * (left == 1 ? 0.6 : 0.45);
    int below = 0;
    const auto room = cv::getTextSize(line, cv::FONT_HERSHEY_SIMPLEX, size, thickness, &below);
    const int x = std::clamp(static_cast<int>(box.left), 0, std::max(0, canvas.cols - room.width));
    const int y = std::max(bottom - below, room.height);
    cv::rectangle(canvas, {x, y - room.height - thickness}, {x + room.width, y + below}, paper,
                  cv::FILLED);
    cv::putText(canvas, line, {x, y}, cv::FONT_HERSHEY_SIMPLEX, size, outline, thickness,
                cv::LINE_AA);
    bottom = y - room.height - thickness;
  }
}

}  // namespace regmark::reading
