// Which of many places is nearest to a point, without measuring the way to each of them.
#pragma once

#include <cstddef>
#include <vector>

#include "base/geography.h"

namespace regmark::planning {

// Immutable. May be read from many threads at once.
class Nearest {
 public:
  // At least one place; none of them and of the points across the 180th meridian from another.
  explicit Nearest(std::vector<base::Position> places);

  // Its index; the first of several that are as near.
  std::size_t to(const base::Position& point) const;

 private:
  // Of so many degrees each, from the south and the west.
  struct Axis {
    double first = 0, step = 0;
    std::size_t count = 1;
    std::size_t bin_of(double degrees) const;
  };
  static Axis axis_of(double first, double last, std::size_t count);
  // No place more than so many bins away is nearer than this to a point.
  double least_m(const base::Position& point, std::size_t bins) const;

  std::vector<base::Position> places_;
  Axis rows_, columns_;
  double shrink_least_ = 1;                     // of a degree of longitude, at any of the places
  std::vector<std::vector<std::size_t>> bins_;  // row by row
};

}  // namespace regmark::planning
