// Critical infrastructure, borders and crowded places (guidance 2.2.1) where roads are planned for:
// those that lie on their map, and those that a plan is to watch as areas of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "planning/inputs.h"
#include "planning/network.h"
#include "surroundings/csv.h"

namespace regmark::surroundings {

inline constexpr double points_around_m = 1'000;  // beyond the roads, a point is on another's map
inline constexpr std::size_t points_on_map_max = 1'000;  // more are no map that anybody reads
inline constexpr double threat_radius_m_min = 10;
inline constexpr double threat_radius_m_max = 50'000;

// What a point of each kind weighs in a plan beside its other corridors and areas. 0: a plan does
// not watch them for themselves.
struct PointWeights {
  std::int64_t infrastructure = 0;
  std::int64_t border = 0;
  std::int64_t crowded_place = 0;
  // Every way in and out of this circle is watched; cameras may stand as far again around it.
  double radius_m = 300;

  std::int64_t of(PointKind kind) const;
};

struct PointOnMap {
  Point point;
  std::string area{};  // the id of its threat area; empty: it has none
};

struct PointsOnMap {
  std::vector<PointOnMap> points{};
  std::size_t left_out = 0;                  // on the map, beyond points_on_map_max
  std::vector<std::string> off_network{};    // have a weight, but no junction lies in the circle
  std::vector<planning::AreaInput> areas{};  // "point-N": the Nth of all points that there are
};

// Of all points that were taken in. Fails with
//   limit_exceeded   more than planning::areas_max points have a weight
Result<PointsOnMap> points_on_map(const planning::Network& network,
                                  const std::vector<Point>& points, const PointWeights& weights);

}  // namespace regmark::surroundings
