// The inputs laid on the road network: sites on roads with their figures, demands with their ways.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "planning/inputs.h"
#include "planning/network.h"
#include "planning/royston.h"
#include "planning/trip.h"

namespace regmark::planning {

// How far a camera may stand from its road, and a corridor's end from its junction.
inline constexpr double snap_m = 200;

struct Site {
  std::string id{};
  std::string name{};
  SiteKind kind = SiteKind::candidate;
  RoadNumber road = 0;
  Facing facing = Facing::both;
  base::Position position{};
  std::int64_t money = 0;
  std::int64_t residents = 0;     // who live near
  std::int64_t vehicles = 0;      // a day
  bool vehicles_counted = false;  // else the most of any like road: caution, not knowledge
  double unavoidable = 0;         // residents of places whose trips this one alone catches
  std::int64_t privacy = 0;       // points
};

enum class DemandKind : std::uint8_t { corridor, route, area };
std::string_view name(DemandKind kind);

// Something to be watched: every way of each trip passes `least` cameras.
struct Demand {
  std::string id{};
  std::string name{};
  DemandKind kind = DemandKind::corridor;
  std::int64_t weight = 1;
  unsigned least = 1;
  std::vector<Node> from{}, to{};  // ends; of an area, what is inside and what is outside
  Way route{};                     // of a named route
  bool both_ways = true;
  std::optional<double> slack{};  // none: every way
};

struct Problem {
  std::vector<Site> sites{};
  std::vector<Demand> demands{};
  std::vector<TripPlace> places{};
  bool population_known = false;
};

// Fails with, in this order:
//   invalid_input    a site, corridor, area or place that does not fit the network, or whose ends
//                    lie on islands that no road joins: the message names it; an id that stands
//                    twice; nothing to watch; no site at all
//   limit_exceeded   more than sites_max with those derived
Result<Problem> lay_out(const Network& network, const Inputs& inputs);

// Seconds of each road at its speed.
std::vector<double> seconds_of(const Network& network);
// The trips of a demand: one, or one each way.
std::vector<TripGraph> trips_of(const Network& network, std::span<const double> seconds,
                                const Demand& demand);
// The arcs that a site's camera sees.
std::vector<Arc> seen_by(const Network& network, const Site& site);
// What a set of sites sees.
Watch watch_of(const Network& network, const std::vector<Site>& sites,
               const std::vector<bool>& open);
std::vector<bool> watched(const Watch& watch);
// Points of privacy cost by the weights.
std::int64_t privacy_points(const Site& site, const PrivacyWeights& weights);

}  // namespace regmark::planning
