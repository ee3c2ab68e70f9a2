// Figures for the impact of a camera, computed from what was taken in: each with the sources that
// it rests on and the days that they speak of. Of what nobody knows there is no figure.
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
  same_trip_fewest,  // other sites on a fastest trip that passes this one
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

// Whose data a figure was computed from, and the day that they speak of.
struct Basis {
  std::string source{};
  base::UtcDay day;
  friend bool operator==(const Basis&, const Basis&) = default;
};

struct Figure {
  FigureKind kind = FigureKind::residents;
  std::string of{};  // the settlement; or empty
  double value = 0;
  std::vector<Basis> rests_on{};  // all of them, at most rests_on_max
};
inline constexpr std::size_t rests_on_max = 3;

inline constexpr double near_m = 250;        // as planning counts who lives near
inline constexpr double count_near_m = 200;  // a traffic count further away is of another road
inline constexpr double settlement_reach_m = 5'000;  // beyond its edge it is another's surroundings
inline constexpr double points_near_m = 5'000;

// What was taken in last of each kind; nothing: none was.
struct Sources {
  std::optional<DataSets::Latest> population{}, traffic{}, roads{}, settlements{};
};

// A settlement whose figures are told of a place: it is in it, or no further than
// settlement_reach_m from its edge.
bool is_near(const base::Position& place, const base::Area& settlement);

struct PlaceFigures {
  std::vector<Figure> figures{};
  std::string road{};  // next to the place, for finding it in crime figures; empty: not known
};

// Of a camera at this place, where `others` are the other sites that stand. Nobody is known to live
// where no cell of the population lies near: that may be beyond its edge. A settlement that the
// roads do not reach has no figures. Fails with
//   corrupt   a source that was taken in is not read
Result<PlaceFigures> figures_of(const base::Position& place,
                                const std::vector<base::Position>& others, const Sources& sources);

}  // namespace regmark::surroundings
