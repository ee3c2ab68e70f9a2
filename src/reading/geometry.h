// Plates as four corners in a picture.
#pragma once

#include <array>

#include "plate/read.h"

namespace regmark::reading {

using plate::Point;

// Top left, top right, bottom right, bottom left, in the reading order of the text: a plate on its
// head has its "top left" at the bottom right of the picture.
using Corners = std::array<Point, 4>;

// An upright box in pixels.
struct Box {
  float left = 0, top = 0, right = 0, bottom = 0;
  float width() const { return right - left; }
  float height() const { return bottom - top; }
  float area() const { return width() > 0 && height() > 0 ? width() * height() : 0; }
  Point centre() const { return {(left + right) / 2, (top + bottom) / 2}; }
  bool contains(Point point) const {
    return left < point.x && point.x < right && top < point.y && point.y < bottom;
  }
};

Box box_around(const Corners& corners);
Point centre_of(const Corners& corners);

// The shared area as a part of the area that either covers, 0 to 1.
float overlap(const Box& a, const Box& b);
// The shared area as a part of the smaller one's, 0 to 1.
float overlap_of_smaller(const Box& a, const Box& b);

float distance(Point a, Point b);

// The mean length of the top and bottom sides, and of the left and right ones.
struct Size {
  float width = 0, height = 0;
};
Size size_of(const Corners& corners);

// A perspective transform: nine numbers, row by row, the last one 1.
struct Homography {
  std::array<double, 9> m{1, 0, 0, 0, 1, 0, 0, 0, 1};
  Point map(Point point) const;
};

// The one that takes each of `from` to the same one of `to`. The identity where there is none:
// three of `from` on a line.
Homography homography(const Corners& from, const Corners& to);

}  // namespace regmark::reading
