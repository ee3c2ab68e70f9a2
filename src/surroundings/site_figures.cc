#include "surroundings/site_figures.h"

#include <algorithm>
#include <limits>

#include "planning/figures.h"
#include "planning/problem.h"
#include "planning/read_network.h"
#include "surroundings/internal/box.h"

namespace regmark::surroundings {
namespace {

using planning::Arc;
using planning::Network;
using planning::Node;
using planning::PlaceInput;
using planning::TripPlace;

template <typename T>
Result<T> taken_in(Result<T> read) {
  if (read) return read;
  return fail(ErrorCode::corrupt, "what was taken in is not read: " + read.error().message);
}

Basis basis(const DataSet& about) {
  return {about.source, about.day};
}

// Which arcs the sites at these places see: both ways of the road next to each.
class Watching {
 public:
  explicit Watching(const Network& network)
      : network_(network), box_(network), watched_(2 * network.roads().size(), false) {}
  // Nothing: no road is next to it.
  std::optional<planning::RoadNumber> add(const base::Position& place) {
    // A force has hundreds of cameras, and a map of a town few of them: the search looks at each
    // road, so that most of the time went into those that are nowhere near.
    if (box_.distance_m(place) > planning::snap_m) return std::nullopt;
    const auto road = network_.nearest_road(place, planning::snap_m);
    if (!road) return std::nullopt;
    watched_[planning::arc_of(*road, false)] = true;
    watched_[planning::arc_of(*road, true)] = true;
    roads_.push_back(*road);
    return road;
  }
  const std::vector<bool>& watched() const { return watched_; }
  // How many of the sites stand along a way.
  std::size_t along(const planning::Way& way) const {
    std::size_t count = 0;
    for (const auto road : roads_) {
      count += std::ranges::any_of(way, [&](Arc arc) { return planning::road_of(arc) == road; });
    }
    return count;
  }

 private:
  const Network& network_;
  internal::Box box_;
  std::vector<bool> watched_;
  std::vector<planning::RoadNumber> roads_;
};

double percent(const planning::Unavoidable& trips) {
  return 100 * trips.share();
}

struct OfRoads {
  const Network& network;
  const std::vector<Basis>& rests_on;
  planning::RoadNumber road;
  const Watching& others;
  const Watching& with;
};

// The fastest trips between the middle of a settlement and each road out of it, both ways.
void add_same_trips(const OfRoads& of, const TripPlace& place, const PlaceInput& asked,
                    std::vector<Figure>& figures) {
  const auto middle = std::ranges::min_element(place.inside, {}, [&](const auto& end) {
    return base::distance_m(of.network.junctions()[end.node].position, asked.area.centre);
  });
  const auto seconds = planning::seconds_of(of.network);
  std::size_t fewest = std::numeric_limits<std::size_t>::max(), most = 0;
  const auto look = [&](Node from, Node to) {
    constexpr double fastest_only = 0;
    const auto trip = planning::TripGraph::between(of.network, seconds, std::span(&from, 1),
                                                   std::span(&to, 1), fastest_only);
    const auto passes = [&](Arc arc) { return planning::road_of(arc) == of.road; };
    if (!trip.possible() || std::ranges::none_of(trip.fastest(), passes)) return;
    const auto count = of.others.along(trip.fastest());
    fewest = std::min(fewest, count);
    most = std::max(most, count);
  };
  for (const auto& gateway : place.gateways) {
    look(middle->node, gateway.node);
    look(gateway.node, middle->node);
  }
  if (fewest > most) return;  // no such trip passes it
  figures.push_back(
      {FigureKind::same_trip_fewest, asked.name, static_cast<double>(fewest), of.rests_on});
  figures.push_back(
      {FigureKind::same_trip_most, asked.name, static_cast<double>(most), of.rests_on});
}

Result<void> add_settlements(const base::Position& place, const std::vector<base::Position>& others,
                             const Sources& sources, const Network& network,
                             const planning::Inputs& inputs, std::vector<Figure>& figures) {
  REGMARK_ASSIGN(const auto settlements, taken_in(read_settlements(sources.settlements->text)));
  Watching standing(network);
  for (const auto& one : others) standing.add(one);
  auto with = standing;
  const auto road = with.add(place);
  if (!road) return {};
  std::vector<Basis> rests_on{basis(sources.roads->about), basis(sources.settlements->about)};
  // It says how many trips begin where.
  if (sources.population) rests_on.push_back(basis(sources.population->about));
  const OfRoads of{network, rests_on, *road, standing, with};
  for (const auto& one : settlements) {
    if (!is_near(place, one.area)) continue;
    const auto trips = planning::trip_place(network, inputs, one);
    if (!trips) continue;  // no junction lies in it, or no road leads out of it
    const auto now = planning::unavoidable_trips(network, *trips, standing.watched());
    const auto then = planning::unavoidable_trips(network, *trips, with.watched());
    if (now.trips <= 0) continue;
    figures.push_back({FigureKind::unavoidable_now, one.name, percent(now), rests_on});
    figures.push_back({FigureKind::unavoidable_with, one.name, percent(then), rests_on});
    add_same_trips(of, *trips, one, figures);
  }
  return {};
}

void add_residents(const base::Position& place, const DataSet& about,
                   const std::vector<planning::Cell>& cells, std::vector<Figure>& figures) {
  const base::Area near{place, near_m};
  double residents = 0;
  bool is_known = false;
  for (const auto& cell : cells) {
    if (!near.contains(cell.position)) continue;
    residents += static_cast<double>(cell.residents);
    is_known = true;
  }
  if (is_known) figures.push_back({FigureKind::residents, "", residents, {basis(about)}});
}

Result<void> add_traffic(const base::Position& place, const DataSets::Latest& traffic,
                         std::vector<Figure>& figures) {
  REGMARK_ASSIGN(const auto counts, taken_in(read_traffic(traffic.text)));
  const auto nearest = std::ranges::min_element(
      counts, {}, [&](const Traffic& count) { return base::distance_m(place, count.position); });
  if (base::distance_m(place, nearest->position) > count_near_m) return {};
  figures.push_back({FigureKind::vehicles_a_day,
                     "",
                     static_cast<double>(nearest->vehicles_a_day),
                     {basis(traffic.about)}});
  return {};
}

}  // namespace

bool is_near(const base::Position& place, const base::Area& settlement) {
  return base::distance_m(place, settlement.centre) <= settlement.radius_m + settlement_reach_m;
}

Result<PlaceFigures> figures_of(const base::Position& place,
                                const std::vector<base::Position>& others, const Sources& sources) {
  PlaceFigures found;
  planning::Inputs inputs;
  if (sources.population) {
    REGMARK_ASSIGN(inputs.population, taken_in(read_population(sources.population->text)));
    add_residents(place, sources.population->about, inputs.population, found.figures);
  }
  if (sources.traffic) REGMARK_TRY(add_traffic(place, *sources.traffic, found.figures));
  if (!sources.roads) return found;
  REGMARK_ASSIGN(const auto network, taken_in(planning::read_network(sources.roads->text)));
  const auto road = network.nearest_road(place, planning::snap_m);
  if (road) found.road = network.roads()[*road].name;
  if (sources.settlements) {
    REGMARK_TRY(add_settlements(place, others, sources, network, inputs, found.figures));
  }
  return found;
}

}  // namespace regmark::surroundings
