// The box around a road network: what lies far outside it is near none of its roads.
#pragma once

#include <algorithm>

#include "base/geography.h"
#include "planning/network.h"

namespace regmark::surroundings::internal {

// A force's own area crosses no date line.
class Box {
 public:
  explicit Box(const planning::Network& network) {
    for (const auto& road : network.roads()) {
      for (const auto& position : road.shape) add(position);
    }
  }
  // How far it is to the nearest place in the box: nothing, for what lies in it. No road is nearer.
  double distance_m(const base::Position& position) const {
    const base::Position nearest{std::clamp(position.latitude, south_, north_),
                                 std::clamp(position.longitude, west_, east_)};
    return base::distance_m(position, nearest);
  }

 private:
  void add(const base::Position& position) {
    south_ = std::min(south_, position.latitude);
    north_ = std::max(north_, position.latitude);
    west_ = std::min(west_, position.longitude);
    east_ = std::max(east_, position.longitude);
  }
  double south_ = 90, west_ = 180, north_ = -90, east_ = -180;
};

}  // namespace regmark::surroundings::internal
