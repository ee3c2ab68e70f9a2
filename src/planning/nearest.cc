#include "planning/nearest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "base/check.h"

namespace regmark::planning {
namespace {

constexpr double radius_m = 6'371'008.8;  // as base::distance_m has it
constexpr double radians = std::numbers::pi / 180;
// Some two places in each bin: most points find theirs in the first bins that they look into.
constexpr double places_a_bin = 2;
constexpr double rounding = 1 - 1e-9;

}  // namespace

std::size_t Nearest::Axis::bin_of(double degrees) const {
  if (step <= 0 || degrees <= first) return 0;
  return std::min(count - 1, static_cast<std::size_t>((degrees - first) / step));
}

Nearest::Axis Nearest::axis_of(double first, double last, std::size_t count) {
  if (last <= first) return {first, 0, 1};
  return {first, (last - first) / static_cast<double>(count), count};
}

Nearest::Nearest(std::vector<base::Position> places) : places_(std::move(places)) {
  REGMARK_CHECK(!places_.empty());
  const auto side = static_cast<std::size_t>(
      std::ceil(std::sqrt(static_cast<double>(places_.size()) / places_a_bin)));
  const auto [south, north] = std::ranges::minmax(places_, {}, &base::Position::latitude);
  const auto [west, east] = std::ranges::minmax(places_, {}, &base::Position::longitude);
  rows_ = axis_of(south.latitude, north.latitude, side);
  columns_ = axis_of(west.longitude, east.longitude, side);
  shrink_least_ = std::min(std::cos(south.latitude * radians), std::cos(north.latitude * radians));
  bins_.resize(rows_.count * columns_.count);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const auto row = rows_.bin_of(places_[i].latitude);
    bins_[row * columns_.count + columns_.bin_of(places_[i].longitude)].push_back(i);
  }
}

double Nearest::least_m(const base::Position& point, std::size_t bins) const {
  const auto away = static_cast<double>(bins) * rounding;
  constexpr auto none = std::numeric_limits<double>::infinity();
  const double north = rows_.step > 0 ? away * rows_.step * radians * radius_m : none;
  // Two points that far apart in longitude are nearest on a great circle over the higher latitude.
  const double half = std::sin(std::min(away * columns_.step, 180.0) / 2 * radians);
  const double shrink =
      std::sqrt(std::max(0.0, std::cos(point.latitude * radians) * shrink_least_));
  const double east = columns_.step > 0 ? 2 * radius_m * std::asin(shrink * half) : none;
  return std::min(north, east);
}

std::size_t Nearest::to(const base::Position& point) const {
  const auto row = rows_.bin_of(point.latitude);
  const auto column = columns_.bin_of(point.longitude);
  std::pair best{std::numeric_limits<double>::infinity(), places_.size()};
  const auto look = [&](std::size_t at_row, std::size_t at_column) {
    for (const auto place : bins_[at_row * columns_.count + at_column]) {
      best = std::min(best, std::pair(base::distance_m(places_[place], point), place));
    }
  };
  const auto far = std::max(rows_.count, columns_.count);
  // Ring by ring round the point's own bin, until none further out can be nearer.
  for (std::size_t ring = 0; ring < far; ++ring) {
    const auto first_row = row - std::min(row, ring);
    const auto last_row = std::min(rows_.count - 1, row + ring);
    const auto first_column = column - std::min(column, ring);
    const auto last_column = std::min(columns_.count - 1, column + ring);
    for (auto at_row = first_row; at_row <= last_row; ++at_row) {
      const bool whole = at_row + ring == row || at_row == row + ring;
      for (auto at = first_column; at <= last_column; ++at) {
        if (whole || at + ring == column || at == column + ring) look(at_row, at);
      }
    }
    if (best.first < least_m(point, ring)) break;
  }
  return best.second;
}

}  // namespace regmark::planning
