#include "planning/figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

#include "planning/nearest.h"

namespace regmark::planning {
namespace {

// The number of cells of a site's neighbourhood is small, so cells are kept by rows of latitude.
class Grid {
 public:
  explicit Grid(const std::vector<Cell>& cells) : cells_(cells) {
    std::ranges::sort(cells_, {}, [](const Cell& cell) { return cell.position.latitude; });
  }
  std::int64_t residents_within(const base::Area& area) const {
    constexpr double metres_per_degree = 111'000;  // a little too few, so that no cell is missed
    const double reach = area.radius_m / metres_per_degree;
    const auto latitude = [](const Cell& cell) { return cell.position.latitude; };
    auto cell = std::ranges::lower_bound(cells_, area.centre.latitude - reach, {}, latitude);
    std::int64_t residents = 0;
    for (; cell != cells_.end() && latitude(*cell) <= area.centre.latitude + reach; ++cell) {
      if (area.contains(cell->position)) residents += cell->residents;
    }
    return residents;
  }

 private:
  std::vector<Cell> cells_;
};

using Counts = std::unordered_map<RoadNumber, std::int64_t>;

Result<Counts> counts_of(const Network& network, const Inputs& inputs) {
  Counts counts;
  for (const auto& count : inputs.traffic) {
    const auto road = network.road(count.road);
    if (!road) {
      return fail(ErrorCode::invalid_input,
                  "traffic: the network has no road \"" + count.road + "\"");
    }
    counts[*road] = count.vehicles_a_day;
  }
  return counts;
}

// The highest count of each class, or of all where a class has none. What was never counted must
// not look harmless.
std::array<std::int64_t, std::size(all_road_classes)> highest(const Network& network,
                                                              const Counts& counts) {
  std::array<std::int64_t, std::size(all_road_classes)> most{};
  std::int64_t of_all = 0;
  for (const auto& [road, vehicles] : counts) {
    auto& of_class = most[static_cast<std::size_t>(network.roads()[road].road_class)];
    of_class = std::max(of_class, vehicles);
    of_all = std::max(of_all, vehicles);
  }
  for (auto& of_class : most) of_class = of_class == 0 ? of_all : of_class;
  return most;
}

// Whether `goal` can be reached without the arcs of one road.
bool way_round(const Network& network, Node start, Node goal, RoadNumber without) {
  std::vector<bool> seen(network.junctions().size(), false);
  std::vector<Node> waiting{start};
  seen[start] = true;
  // First in, first out: the way round a block is short.
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    for (const Arc arc : network.out_of(waiting[i])) {
      const Node next = network.head(arc);
      if (road_of(arc) == without || seen[next]) continue;
      if (next == goal) return true;
      seen[next] = true;
      waiting.push_back(next);
    }
  }
  return false;
}

// Residents of places whose trips cannot avoid this one camera.
double unavoidable_by(const Network& network, const std::vector<TripPlace>& places,
                      const Site& site) {
  if (places.empty()) return 0;
  const auto& road = network.roads()[site.road];
  // Who can drive round the road without loss of reach can avoid it: nearly always so.
  const bool round_along = way_round(network, road.from, road.to, site.road);
  const bool round_against = road.one_way || way_round(network, road.to, road.from, site.road);
  if (round_along && round_against) return 0;
  std::vector<bool> seen(2 * network.roads().size(), false);
  for (const Arc arc : seen_by(network, site)) seen[arc] = true;
  double people = 0;
  for (const auto& place : places) {
    people +=
        unavoidable_trips(network, place, seen).share() * static_cast<double>(place.residents);
  }
  return people;
}

}  // namespace

Result<void> add_figures(const Network& network, const Inputs& inputs, Problem& problem) {
  const Grid grid(inputs.population);
  REGMARK_ASSIGN(const auto counts, counts_of(network, inputs));
  const auto most = highest(network, counts);
  problem.population_known = !inputs.population.empty();
  for (auto& site : problem.sites) {
    site.residents = grid.residents_within({site.position, inputs.privacy.near_m});
    const auto count = counts.find(site.road);
    site.vehicles_counted = count != counts.end();
    const auto road_class = static_cast<std::size_t>(network.roads()[site.road].road_class);
    site.vehicles = site.vehicles_counted ? count->second : most[road_class];
    site.unavoidable = unavoidable_by(network, problem.places, site);
    site.privacy = privacy_points(site, inputs.privacy);
  }
  return {};
}

std::int64_t privacy_points(const Site& site, const PrivacyWeights& weights) {
  return std::llround(weights.residents * static_cast<double>(site.residents) +
                      weights.vehicles * static_cast<double>(site.vehicles) +
                      weights.unavoidable * site.unavoidable);
}

Result<TripPlace> trip_place(const Network& network, const Inputs& inputs,
                             const PlaceInput& place) {
  TripPlace made{.id = place.id, .name = place.name};
  std::unordered_map<Node, std::size_t> inside;
  for (Node node = 0; node < network.junctions().size(); ++node) {
    if (!place.area.contains(network.junctions()[node].position)) continue;
    inside.emplace(node, made.inside.size());
    made.inside.push_back({node, 0});
  }
  const auto wrong = [&](const char* what) {
    return fail(ErrorCode::invalid_input, "place \"" + place.id + "\": " + what);
  };
  if (made.inside.empty()) return wrong("no junction lies in it");
  std::vector<base::Position> junctions;
  for (const auto& end : made.inside) junctions.push_back(network.junctions()[end.node].position);
  const Nearest nearest(std::move(junctions));
  for (const auto& cell : inputs.population) {
    if (!place.area.contains(cell.position)) continue;
    made.inside[nearest.to(cell.position)].weight += static_cast<double>(cell.residents);
    made.residents += cell.residents;
  }
  if (made.residents == 0) {
    for (auto& end : made.inside) end.weight = 1;
  }
  REGMARK_ASSIGN(const auto counts, counts_of(network, inputs));
  std::map<Node, double> gateways;
  for (RoadNumber number = 0; number < network.roads().size(); ++number) {
    const auto& road = network.roads()[number];
    if (inside.contains(road.from) == inside.contains(road.to)) continue;
    const auto count = counts.find(number);
    gateways[inside.contains(road.from) ? road.to : road.from] +=
        count == counts.end() ? 1 : static_cast<double>(std::max<std::int64_t>(1, count->second));
  }
  if (gateways.empty()) return wrong("no road leads out of it");
  for (const auto& [node, weight] : gateways) made.gateways.push_back({node, weight});
  return made;
}

}  // namespace regmark::planning
