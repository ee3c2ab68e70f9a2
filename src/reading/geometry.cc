#include "reading/geometry.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace regmark::reading {
namespace {

using Row = std::array<double, 9>;  // eight unknowns and what they add up to

// Gauss elimination with the greatest pivot. False: no single solution.
bool solve(std::array<Row, 8>& rows) {
  for (std::size_t column = 0; column < 8; ++column) {
    std::size_t best = column;
    for (std::size_t row = column + 1; row < 8; ++row) {
      if (std::abs(rows[row][column]) > std::abs(rows[best][column])) best = row;
    }
    if (std::abs(rows[best][column]) < 1e-9) return false;
    std::swap(rows[column], rows[best]);
    for (std::size_t row = 0; row < 8; ++row) {
      if (row == column) continue;
      const double times = rows[row][column] / rows[column][column];
      for (std::size_t at = column; at < 9; ++at) rows[row][at] -= times * rows[column][at];
    }
  }
  return true;
}

}  // namespace

Box box_around(const Corners& corners) {
  Box box{corners[0].x, corners[0].y, corners[0].x, corners[0].y};
  for (const auto& corner : corners) {
    box.left = std::min(box.left, corner.x);
    box.top = std::min(box.top, corner.y);
    box.right = std::max(box.right, corner.x);
    box.bottom = std::max(box.bottom, corner.y);
  }
  return box;
}

Point centre_of(const Corners& corners) {
  Point sum;
  for (const auto& corner : corners) {
    sum.x += corner.x / 4;
    sum.y += corner.y / 4;
  }
  return sum;
}

namespace {

float shared_area(const Box& a, const Box& b) {
  return Box{std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
             std::min(a.bottom, b.bottom)}
      .area();
}

}  // namespace

float overlap(const Box& a, const Box& b) {
  const float shared = shared_area(a, b);
  const float either = a.area() + b.area() - shared;
  return either > 0 ? shared / either : 0;
}

float overlap_of_smaller(const Box& a, const Box& b) {
  const float smaller = std::min(a.area(), b.area());
  return smaller > 0 ? shared_area(a, b) / smaller : 0;
}

float distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

Size size_of(const Corners& corners) {
  return {(distance(corners[0], corners[1]) + distance(corners[3], corners[2])) / 2,
          (distance(corners[0], corners[3]) + distance(corners[1], corners[2])) / 2};
}

Point Homography::map(Point point) const {
  const double x = point.x, y = point.y;
  const double w = m[6] * x + m[7] * y + m[8];
  return {static_cast<float>((m[0] * x + m[1] * y + m[2]) / w),
          static_cast<float>((m[3] * x + m[4] * y + m[5]) / w)};
}

Homography homography(const Corners& from, const Corners& to) {
  // Two equations a corner: u (g x + h y + 1) = a x + b y + c, and the same for v with d, e, f.
  std::array<Row, 8> rows;
  for (std::size_t corner = 0; corner < 4; ++corner) {
    const double x = from[corner].x, y = from[corner].y;
    const double u = to[corner].x, v = to[corner].y;
    rows[corner * 2] = {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
    rows[corner * 2 + 1] = {0, 0, 0, x, y, 1, -v * x, -v * y, v};
  }
  Homography made;
  if (!solve(rows)) return made;
  for (std::size_t at = 0; at < 8; ++at) made.m[at] = rows[at][8] / rows[at][at];
  return made;
}

}  // namespace regmark::reading
