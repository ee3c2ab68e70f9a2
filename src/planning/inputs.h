// What a plan is made from, as somebody wrote it down. docs/formats/plan.md says it in words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/geography.h"
#include "planning/network.h"

namespace regmark::planning {

inline constexpr std::size_t sites_max = 20'000;
inline constexpr std::size_t corridors_max = 2'000;
inline constexpr std::size_t areas_max = 200;
inline constexpr std::size_t places_max = 50;
inline constexpr std::size_t cells_max = 1'000'000;
inline constexpr std::size_t counts_max = 500'000;
inline constexpr std::size_t route_max = 10'000;  // junctions on a named route
inline constexpr std::int64_t cover_max = 4;
inline constexpr std::int64_t weight_max = 1'000'000;
inline constexpr std::int64_t money_max = 1'000'000'000;
inline constexpr std::int64_t residents_max = 1'000'000;  // of one cell
inline constexpr std::int64_t vehicles_max = 1'000'000;   // of one road a day
inline constexpr std::int64_t draws_max = 200;
inline constexpr std::int64_t seconds_max = 3'600;

// Which vehicles a camera reads: both ways, or one as its road is drawn.
enum class Facing : std::uint8_t { both, along, against };
std::string_view name(Facing facing);

enum class SiteKind : std::uint8_t { existing, partner, candidate };
std::string_view name(SiteKind kind);

// Where a corridor ends: a junction's id, or a place whose nearest junction is meant.
using End = std::variant<std::string, base::Position>;

// A camera that stands, that a partner would share, or that could be built.
struct SiteInput {
  std::string id{};
  std::string name{};
  SiteKind kind = SiteKind::candidate;
  std::string road{};                        // its id; or empty: the road next to `position`
  std::optional<base::Position> position{};  // or none: the middle of the road
  Facing facing = Facing::both;
  std::int64_t money = 0;  // over whatever time the plan is about, in whole pounds
};

// A candidate on every road of these classes that has no camera, in its middle: whoever drives a
// road passes it, so that each approach of its junctions sees the same trips.
struct DerivedCandidates {
  std::vector<RoadClass> classes{};
  std::int64_t money = 0;
};

// Trips that somebody dangerous would make: between two places, or along a named route.
struct CorridorInput {
  std::string id{};
  std::string name{};
  std::int64_t weight = 1;
  std::optional<End> from{}, to{};
  std::vector<std::string> route{};  // ids of junctions, in place of the two
  bool both_ways = true;
  std::optional<std::int64_t> cover{};  // else the plan's
  std::optional<double> slack{};        // else the plan's
};

// A place whose every way in and out is to be watched.
struct AreaInput {
  std::string id{};
  std::string name{};
  std::int64_t weight = 1;
  base::Area area{};
  double margin_m = 0;  // cameras may stand in this ring around it too
  std::optional<std::int64_t> cover{};
};

// Where people live whose trips are counted: the Royston test.
struct PlaceInput {
  std::string id{};
  std::string name{};
  base::Area area{};
};

struct Cell {
  base::Position position{};  // its middle
  std::int64_t residents = 0;
};

struct TrafficCount {
  std::string road{};
  std::int64_t vehicles_a_day = 0;
};

// What one point of privacy cost is. The controller sets the weights; these are only a beginning.
struct PrivacyWeights {
  double near_m = 250;      // who lives nearer than this is near
  double residents = 1;     // for each resident near
  double vehicles = 0.1;    // for each vehicle a day
  double unavoidable = 10;  // for each resident of a place who cannot avoid this one camera
};

enum class Objective : std::uint8_t { new_cameras, cameras, money, privacy };
std::string_view name(Objective objective);
std::optional<Objective> objective_of(std::string_view word);

struct ObjectiveWeight {
  Objective objective = Objective::money;
  std::int64_t weight = 1;
};

struct Stability {
  std::int64_t draws = 20;
  double spread = 0.2;  // each estimate moves by a factor of 1 - spread to 1 + spread
  std::int64_t seed = 1;
};

struct Inputs {
  std::string title{};
  std::string network{};   // path of the road network's file, as written
  std::int64_t cover = 1;  // cameras that each way of a corridor must pass
  double slack = 0.1;      // ways up to so much slower than the fastest count
  bool keep_existing = true;
  // In order: the first is made as small as it can be, then the second without more of the first...
  std::vector<Objective> objectives = {Objective::new_cameras, Objective::money,
                                       Objective::privacy};
  // Where it is not empty: their sum with these weights, in place of the order.
  std::vector<ObjectiveWeight> weights{};
  std::optional<std::int64_t> new_cameras_most{};
  std::optional<std::int64_t> money_most{};
  std::vector<SiteInput> sites{};
  std::optional<DerivedCandidates> derived{};
  std::vector<CorridorInput> corridors{};
  std::vector<AreaInput> areas{};
  std::vector<PlaceInput> places{};
  std::vector<Cell> population{};
  std::vector<TrafficCount> traffic{};
  PrivacyWeights privacy{};
  Stability stability{};
  std::int64_t trade_off_points = 12;
  std::int64_t seconds = 60;  // after so long the best found is given, with the gap that is left
};

}  // namespace regmark::planning
