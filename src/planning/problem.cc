#include "planning/problem.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "planning/figures.h"

namespace regmark::planning {
namespace {

tl::unexpected<Error> wrong(const std::string& thing, const std::string& what) {
  return fail(ErrorCode::invalid_input, thing + ": " + what);
}

std::string quoted(std::string_view kind, std::string_view id) {
  return std::string(kind) + " \"" + std::string(id) + "\"";
}

Result<Site> site_on(const Network& network, const SiteInput& input) {
  const auto thing = quoted(name(input.kind), input.id);
  std::optional<RoadNumber> road;
  if (!input.road.empty()) {
    road = network.road(input.road);
    if (!road) return wrong(thing, "the network has no road \"" + input.road + "\"");
  } else if (input.position) {
    road = network.nearest_road(*input.position, snap_m);
    if (!road) return wrong(thing, "no road lies within 200 m of it");
  } else {
    return wrong(thing, "it needs a road or a position");
  }
  const auto& on = network.roads()[*road];
  if (on.one_way && input.facing == Facing::against) {
    return wrong(thing, "nobody drives its road against the way it is drawn");
  }
  return Site{.id = input.id,
              .name = input.name.empty() ? input.id : input.name,
              .kind = input.kind,
              .road = *road,
              .facing = input.facing,
              .position = input.position.value_or(on.middle()),
              .money = input.money};
}

Result<std::vector<Site>> sites_on(const Network& network, const Inputs& inputs) {
  std::vector<Site> sites;
  std::set<std::string> ids;
  std::set<RoadNumber> taken;
  for (const auto& input : inputs.sites) {
    if (!ids.insert(input.id).second) return wrong(quoted("site", input.id), "the id stands twice");
    REGMARK_ASSIGN(auto site, site_on(network, input));
    taken.insert(site.road);
    sites.push_back(std::move(site));
  }
  if (inputs.derived) {
    for (RoadNumber number = 0; number < network.roads().size(); ++number) {
      const auto& road = network.roads()[number];
      if (taken.contains(number)) continue;
      if (std::ranges::find(inputs.derived->classes, road.road_class) ==
          inputs.derived->classes.end()) {
        continue;
      }
      const auto id = "at-" + road.id;
      if (!ids.insert(id).second) return wrong(quoted("site", id), "the id stands twice");
      sites.push_back({.id = id,
                       .name = road.name.empty() ? road.id : road.name + " (" + road.id + ")",
                       .road = number,
                       .position = road.middle(),
                       .money = inputs.derived->money});
    }
  }
  if (sites.empty()) return fail(ErrorCode::invalid_input, "the plan has no site at all");
  if (sites.size() > sites_max) {
    return fail(ErrorCode::limit_exceeded,
                "a plan has at most 20,000 sites; it would have " + std::to_string(sites.size()));
  }
  return sites;
}

Result<Node> node_at(const Network& network, const std::string& thing, const End& end) {
  if (const auto* id = std::get_if<std::string>(&end)) {
    const auto node = network.junction(*id);
    if (!node) return wrong(thing, "the network has no junction \"" + *id + "\"");
    return *node;
  }
  const auto node = network.nearest_junction(std::get<base::Position>(end), snap_m);
  if (!node) return wrong(thing, "no junction lies within 200 m of an end of it");
  return *node;
}

// The fastest road from each junction to the next.
Result<Way> named_route(const Network& network, const std::string& thing,
                        const std::vector<std::string>& route) {
  Way way;
  std::optional<Node> at;
  for (const auto& id : route) {
    REGMARK_ASSIGN(const Node next, node_at(network, thing, id));
    if (at) {
      std::optional<Arc> best;
      for (const Arc arc : network.out_of(*at)) {
        if (network.head(arc) != next) continue;
        const auto& roads = network.roads();
        if (!best || roads[road_of(arc)].seconds() < roads[road_of(*best)].seconds()) best = arc;
      }
      if (!best) {
        return wrong(
            thing, "no road leads from \"" + network.junctions()[*at].id + "\" to \"" + id + "\"");
      }
      way.push_back(*best);
    }
    at = next;
  }
  std::set<Node> passed;
  for (const Arc arc : way) {
    if (!passed.insert(network.tail(arc)).second) return wrong(thing, "it passes a junction twice");
  }
  if (way.empty() || passed.contains(network.head(way.back()))) {
    return wrong(thing, "a route has two junctions or more, and passes none twice");
  }
  return way;
}

Result<Demand> corridor_on(const Network& network, const Inputs& inputs,
                           const CorridorInput& input) {
  const auto thing = quoted("corridor", input.id);
  Demand made{.id = input.id,
              .name = input.name.empty() ? input.id : input.name,
              .weight = input.weight,
              .least = static_cast<unsigned>(input.cover.value_or(inputs.cover)),
              .both_ways = input.both_ways,
              .slack = input.slack.value_or(inputs.slack)};
  if (!input.route.empty()) {
    made.kind = DemandKind::route;
    REGMARK_ASSIGN(made.route, named_route(network, thing, input.route));
    const auto one_way = [&](Arc arc) { return network.roads()[road_of(arc)].one_way; };
    if (made.both_ways && std::ranges::any_of(made.route, one_way)) {
      return wrong(thing, "a road of it is one-way, and it is to be watched both ways");
    }
    return made;
  }
  if (!input.from || !input.to) return wrong(thing, "it needs two ends, or a route");
  REGMARK_ASSIGN(const Node from, node_at(network, thing, *input.from));
  REGMARK_ASSIGN(const Node to, node_at(network, thing, *input.to));
  if (from == to) return wrong(thing, "both ends are the same junction");
  if (network.island_of()[from] != network.island_of()[to]) {
    return wrong(
        thing, "no road joins its ends: they lie on islands of the network, of " +
                   std::to_string(network.island_sizes()[network.island_of()[from]]) + " and " +
                   std::to_string(network.island_sizes()[network.island_of()[to]]) + " junctions");
  }
  made.from = {from};
  made.to = {to};
  return made;
}

Result<Demand> area_on(const Network& network, const Inputs& inputs, const AreaInput& input) {
  const auto thing = quoted("area", input.id);
  Demand made{.id = input.id,
              .name = input.name.empty() ? input.id : input.name,
              .kind = DemandKind::area,
              .weight = input.weight,
              .least = static_cast<unsigned>(input.cover.value_or(inputs.cover)),
              .slack = std::nullopt};
  const base::Area ring{input.area.centre, input.area.radius_m + input.margin_m};
  for (Node node = 0; node < network.junctions().size(); ++node) {
    const auto& position = network.junctions()[node].position;
    if (input.area.contains(position)) made.from.push_back(node);
    if (!ring.contains(position)) made.to.push_back(node);
  }
  if (made.from.empty()) return wrong(thing, "no junction lies in it");
  if (made.to.empty()) return wrong(thing, "no junction lies outside it");
  return made;
}

// Why no trip of a demand is possible.
std::string unreachable(const Network& network, const Demand& demand) {
  const auto island = [&](Node node) { return network.island_of()[node]; };
  std::set<std::size_t> inside;
  for (const Node node : demand.from) inside.insert(island(node));
  const auto is_inside = [&](Node node) { return inside.contains(island(node)); };
  if (demand.kind != DemandKind::area || std::ranges::any_of(demand.to, is_inside)) {
    return "no road leads from one end of it to the other";
  }
  std::string sizes;
  for (const auto one : inside) {
    sizes += (sizes.empty() ? "" : " and ") + std::to_string(network.island_sizes()[one]);
  }
  return "no road leads into it or out of it: it covers all of what lies apart on the network, " +
         std::string(inside.size() == 1 ? "an island" : "islands") + " of " + sizes + " junctions";
}

Result<std::vector<Demand>> demands_on(const Network& network, const Inputs& inputs) {
  std::vector<Demand> demands;
  for (const auto& input : inputs.corridors) {
    REGMARK_ASSIGN(auto demand, corridor_on(network, inputs, input));
    demands.push_back(std::move(demand));
  }
  for (const auto& input : inputs.areas) {
    REGMARK_ASSIGN(auto demand, area_on(network, inputs, input));
    demands.push_back(std::move(demand));
  }
  if (demands.empty()) {
    return fail(ErrorCode::invalid_input, "the plan has no corridor and no area: nothing to watch");
  }
  const auto seconds = seconds_of(network);
  std::set<std::string> ids;
  for (const auto& demand : demands) {
    const auto thing = quoted(demand.kind == DemandKind::area ? "area" : "corridor", demand.id);
    if (!ids.insert(demand.id).second) return wrong(thing, "the id stands twice");
    const auto trips = trips_of(network, seconds, demand);
    if (std::ranges::none_of(trips, &TripGraph::possible)) {
      return wrong(thing, unreachable(network, demand));
    }
    // A corridor is asked for each way; an area on an island has no way out to be watched.
    if (demand.kind != DemandKind::area && !std::ranges::all_of(trips, &TripGraph::possible)) {
      return wrong(thing, "one-way roads let nobody drive it both ways");
    }
  }
  return demands;
}

}  // namespace

std::string_view name(Facing facing) {
  constexpr std::string_view words[] = {"both", "along", "against"};
  return words[static_cast<std::size_t>(facing)];
}

std::string_view name(SiteKind kind) {
  constexpr std::string_view words[] = {"existing", "partner", "candidate"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view name(DemandKind kind) {
  constexpr std::string_view words[] = {"corridor", "route", "area"};
  return words[static_cast<std::size_t>(kind)];
}

namespace {
constexpr std::string_view objective_words[] = {"new_cameras", "cameras", "money", "privacy"};
}  // namespace

std::string_view name(Objective objective) {
  return objective_words[static_cast<std::size_t>(objective)];
}

std::optional<Objective> objective_of(std::string_view word) {
  const auto at = std::ranges::find(objective_words, word);
  if (at == std::end(objective_words)) return std::nullopt;
  return static_cast<Objective>(at - std::begin(objective_words));
}

std::vector<double> seconds_of(const Network& network) {
  std::vector<double> seconds;
  seconds.reserve(network.roads().size());
  for (const auto& road : network.roads()) seconds.push_back(road.seconds());
  return seconds;
}

std::vector<TripGraph> trips_of(const Network& network, std::span<const double> seconds,
                                const Demand& demand) {
  std::vector<TripGraph> trips;
  if (demand.kind == DemandKind::route) {
    trips.push_back(TripGraph::along(network, seconds, demand.route));
    if (!demand.both_ways) return trips;
    Way back;
    for (auto arc = demand.route.rbegin(); arc != demand.route.rend(); ++arc) {
      back.push_back(arc_of(road_of(*arc), !against(*arc)));
    }
    trips.push_back(TripGraph::along(network, seconds, back));
    return trips;
  }
  trips.push_back(TripGraph::between(network, seconds, demand.from, demand.to, demand.slack));
  if (demand.both_ways) {
    trips.push_back(TripGraph::between(network, seconds, demand.to, demand.from, demand.slack));
  }
  return trips;
}

std::vector<Arc> seen_by(const Network& network, const Site& site) {
  std::vector<Arc> arcs;
  if (site.facing != Facing::against) arcs.push_back(arc_of(site.road, false));
  if (site.facing != Facing::along && !network.roads()[site.road].one_way) {
    arcs.push_back(arc_of(site.road, true));
  }
  return arcs;
}

Watch watch_of(const Network& network, const std::vector<Site>& sites,
               const std::vector<bool>& open) {
  Watch watch(2 * network.roads().size(), 0);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (!open[i]) continue;
    for (const Arc arc : seen_by(network, sites[i])) ++watch[arc];
  }
  return watch;
}

std::vector<bool> watched(const Watch& watch) {
  std::vector<bool> is_watched(watch.size());
  for (std::size_t arc = 0; arc < watch.size(); ++arc) is_watched[arc] = watch[arc] > 0;
  return is_watched;
}

Result<Problem> lay_out(const Network& network, const Inputs& inputs) {
  Problem problem;
  REGMARK_ASSIGN(problem.sites, sites_on(network, inputs));
  REGMARK_ASSIGN(problem.demands, demands_on(network, inputs));
  std::set<std::string> ids;
  for (const auto& input : inputs.places) {
    if (!ids.insert(input.id).second)
      return wrong(quoted("place", input.id), "the id stands twice");
    REGMARK_ASSIGN(auto place, trip_place(network, inputs, input));
    problem.places.push_back(std::move(place));
  }
  REGMARK_TRY(add_figures(network, inputs, problem));
  return problem;
}

}  // namespace regmark::planning
