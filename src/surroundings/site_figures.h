// Figures for the impact of a camera, computed from what was taken in: each with the source that it
// rests on and the day that the source speaks of. Of what nobody knows there is no figure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/geography.h"
#include "base/result.h"
#include "base/word_table.h"
#include "surroundings/csv.h"
#include "surroundings/data_sets.h"

namespace regmark::surroundings {

enum class FigureKind : std::uint8_t {
  residents,         // who live within near_m
  vehicles_a_day,    // counted next to it, by somebody else
  reads_a_day,       // of its own cameras, together
  unavoidable_now,   // the share of trips in and out of a settlement that pass some camera whatever
                     // way they take, by the cameras of other sites (the Royston test), in percent
  unavoidable_with,  // the same with this one
  same_trip_fewest,  // cameras of other sites on a fastest trip that passes this one
  same_trip_most,
};
inline constexpr base::Words<FigureKind, 7> figure_kind_words{{
    {FigureKind::residents, "residents"},
    {FigureKind::vehicles_a_day, "vehicles_a_day"},
    {FigureKind::reads_a_day, "reads_a_day"},
    {FigureKind::unavoidable_now, "unavoidable_now"},
    {FigureKind::unavoidable_with, "unavoidable_with"},
    {FigureKind::same_trip_fewest, "same_trip_fewest"},
    {FigureKind::same_trip_most, "same_trip_most"},
}};

struct Figure {
  FigureKind kind = FigureKind::residents;
  std::string of{};  // the settlement; or empty
  double value = 0;
  std::string source{};
  base::UtcDay day;
};

inline constexpr double near_m = 250;        // as planning counts who lives near
inline constexpr double count_near_m = 200;  // a traffic count further away is of another road
inline constexpr double settlement_reach_m = 5'000;  // beyond its edge it is another's surroundings
inline constexpr double points_near_m = 5'000;

// What was taken in last of each kind; nothing: none was.
struct Sources {
  std::optional<DataSets::Latest> population{}, traffic{}, roads{}, settlements{};
};

// Of a camera at this place, where `others` are those of other sites that stand. A settlement that
// the roads do not reach has no figures. Fails with
//   corrupt   a source that was taken in is not read
Result<std::vector<Figure>> figures_of(const base::Position& place,
                                       const std::vector<base::Position>& others,
                                       const Sources& sources);

// The name of the road next to a place, for finding it in crime figures; empty: not known. Fails
// as figures_of().
Result<std::string> road_at(const base::Position& place,
                            const std::optional<DataSets::Latest>& roads);

}  // namespace regmark::surroundings
