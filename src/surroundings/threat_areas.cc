#include "surroundings/threat_areas.h"

#include "surroundings/internal/box.h"

namespace regmark::surroundings {

std::int64_t PointWeights::of(PointKind kind) const {
  switch (kind) {
    case PointKind::infrastructure:
      return infrastructure;
    case PointKind::border:
      return border;
    case PointKind::crowded_place:
      return crowded_place;
  }
  return 0;
}

Result<PointsOnMap> points_on_map(const planning::Network& network,
                                  const std::vector<Point>& points, const PointWeights& weights) {
  const internal::Box box(network);
  PointsOnMap found;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& point = points[i];
    if (box.distance_m(point.position) > points_around_m) continue;
    PointOnMap shown{point};
    if (const auto weight = weights.of(point.kind); weight > 0) {
      if (!network.nearest_junction(point.position, weights.radius_m)) {
        found.off_network.push_back(point.name);
      } else {
        shown.area = "point-" + std::to_string(i + 1);
        found.areas.push_back({.id = shown.area,
                               .name = point.name,
                               .weight = weight,
                               .area = {point.position, weights.radius_m},
                               .margin_m = weights.radius_m});
      }
    }
    if (found.areas.size() > planning::areas_max) {
      return fail(ErrorCode::limit_exceeded,
                  "more than 200 points would be threat areas: give a weight to fewer kinds, or "
                  "plan a smaller network");
    }
    // One that is watched is always shown.
    if (found.points.size() < points_on_map_max || !shown.area.empty()) {
      found.points.push_back(std::move(shown));
    } else {
      ++found.left_out;
    }
  }
  return found;
}

}  // namespace regmark::surroundings
