// The Royston test: how many trips in and out of a place cannot avoid a camera. Royston is a small
// town whose every road in and out had one; the regulator found that unlawful (2013).
#pragma once

#include <string>
#include <vector>

#include "planning/network.h"

namespace regmark::planning {

// A junction inside with the people who start there, or the far end of a road that leaves the place
// with the vehicles that use it.
struct TripEnd {
  Node node = 0;
  double weight = 1;
};

// Trips lead from each junction inside to each gateway and back; each pair weighs the product.
struct TripPlace {
  std::string id{};
  std::string name{};
  std::int64_t residents = 0;
  std::vector<TripEnd> inside{};
  std::vector<TripEnd> gateways{};
};

struct Unavoidable {
  double trips = 0;        // the weight of those that are possible at all
  double unavoidable = 0;  // of those that every way of which passes a watched arc
  double share() const { return trips > 0 ? unavoidable / trips : 0; }
};

// Exact: what cannot be reached once the watched arcs are gone. Any way counts, however long.
Unavoidable unavoidable_trips(const Network& network, const TripPlace& place,
                              const std::vector<bool>& watched);

}  // namespace regmark::planning
