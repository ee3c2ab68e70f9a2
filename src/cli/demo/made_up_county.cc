#include "cli/demo/made_up_county.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <random>
#include <set>

namespace regmark::cli {
namespace {

using base::Position;
using nlohmann::json;

constexpr double cell_degrees = 0.0018;  // 200 m from north to south
constexpr int cells_around = 5;          // of a place, in each direction
constexpr std::size_t towns_max = 40;
constexpr double town_north_m = 1'200;  // of its place
constexpr double street_m = 250;
constexpr int streets_each_way = 2;  // from the middle of a town
constexpr double town_radius_m = 800;
constexpr std::size_t points_each = 8;  // of every kind

// To six decimals, a tenth of a metre: what is written reads back as the same position.
Position rounded(const Position& at) {
  constexpr double million = 1e6;
  return {std::round(at.latitude * million) / million,
          std::round(at.longitude * million) / million};
}

Position moved(const Position& from, double north_m, double east_m) {
  constexpr double metres_a_degree = 111'320;
  const double narrower = std::cos(from.latitude * std::numbers::pi / 180);
  return rounded({from.latitude + north_m / metres_a_degree,
                  from.longitude + east_m / (metres_a_degree * narrower)});
}

Position between(const Position& a, const Position& b, double share) {
  return rounded({a.latitude + share * (b.latitude - a.latitude),
                  a.longitude + share * (b.longitude - a.longitude)});
}

std::string text_of(const Position& at) {
  return fmt::format("{:.6f},{:.6f}", at.latitude, at.longitude);
}

// A main road between two places, with a point on it near either end where others join it.
struct Link {
  std::size_t a, b;
  std::string name;
  Position near_a, near_b;
};

class County {
 public:
  County(std::span<const MadeUpPlace> places, std::uint32_t seed) : random_(seed) {
    std::set<std::pair<double, double>> taken;
    for (const auto& place : places) {
      const auto at = rounded(place.position);
      if (taken.insert({at.latitude, at.longitude}).second) places_.push_back({place.id, at});
    }
  }

  MadeUpCounty make() {
    join_places();
    for (const auto& link : links_) add_link(link);
    add_towns();
    MadeUpCounty county;
    county.population = population();
    county.traffic = traffic();
    county.settlements = settlements_;
    county.crime = crime();
    county.points = points();
    county.roads = json{{"type", "FeatureCollection"}, {"features", roads_}}.dump();
    county.plan = plan().dump();
    return county;
  }

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  double distance(std::size_t a, std::size_t b) const {
    return base::distance_m(places_[a].position, places_[b].position);
  }

  std::string new_name(std::string_view kind) {
    static constexpr std::array<std::string_view, 16> first{
        "Kiln",   "Abbot", "Marsh", "Copper", "Hollow", "Wether", "Larch",  "Tanner",
        "Cinder", "Raven", "Osier", "Thorn",  "Barrow", "Sedge",  "Fuller", "Gallow"};
    static constexpr std::array<std::string_view, 12> second{"ford",  "wick", "ley",   "hurst",
                                                             "combe", "gate", "bury",  "mere",
                                                             "stead", "dale", "brook", "field"};
    const auto number = names_++;
    auto name = std::string(first.at(number % first.size())) +
                std::string(second.at(number / first.size() % second.size()));
    if (const auto again = number / (first.size() * second.size()); again > 0) {
      name += " " + std::to_string(again + 1);
    }
    return name + " " + std::string(kind);
  }

  // The shortest roads that reach every place (Prim), and of each third place one more, so that
  // there are ways round.
  void join_places() {
    std::vector<double> nearest(places_.size(), std::numeric_limits<double>::max());
    std::vector<std::size_t> from(places_.size(), 0);
    std::vector<bool> reached(places_.size(), false);
    std::set<std::pair<std::size_t, std::size_t>> joined;
    const auto join = [&](std::size_t a, std::size_t b) {
      if (!joined.insert(std::minmax(a, b)).second) return;
      links_.push_back({a, b, new_name("Road"),
                        between(places_[a].position, places_[b].position, 0.35),
                        between(places_[a].position, places_[b].position, 0.65)});
    };
    std::size_t at = 0;
    for (std::size_t count = 1; count < places_.size(); ++count) {
      reached[at] = true;
      std::size_t next = at;
      for (std::size_t other = 0; other < places_.size(); ++other) {
        if (reached[other]) continue;
        if (const double metres = distance(at, other); metres < nearest[other]) {
          nearest[other] = metres;
          from[other] = at;
        }
        if (next == at || nearest[other] < nearest[next]) next = other;
      }
      join(from[next], next);
      at = next;
    }
    for (std::size_t place = 0; place < places_.size(); place += 3)
      join_nearest(place, joined, join);
  }

  template <typename Joined, typename Join>
  void join_nearest(std::size_t place, const Joined& joined, const Join& join) {
    std::size_t best = place;
    for (std::size_t other = 0; other < places_.size(); ++other) {
      if (other == place || joined.contains(std::minmax(place, other))) continue;
      if (best == place || distance(place, other) < distance(place, best)) best = other;
    }
    if (best != place) join(place, best);
  }

  void add_road(const std::string& name, std::string_view road_class,
                const std::vector<Position>& line) {
    json points = json::array();
    for (const auto& at : line) points.push_back({at.longitude, at.latitude});
    roads_.push_back(
        {{"type", "Feature"},
         {"properties",
          {{"id", "r" + std::to_string(roads_.size() + 1)}, {"name", name}, {"class", road_class}}},
         {"geometry", {{"type", "LineString"}, {"coordinates", std::move(points)}}}});
  }

  void add_link(const Link& link) {
    static constexpr std::array<std::string_view, 4> classes{"trunk", "primary", "primary",
                                                             "secondary"};
    add_road(link.name, classes.at(below(4)),
             {places_[link.a].position, link.near_a, link.near_b, places_[link.b].position});
  }

  // Streets around a middle north of a place: one way to the place, and up to two that join its
  // main roads further out, so that some trips go round it.
  void add_towns() {
    settlements_ = "name,latitude,longitude,radius_m\n";
    const std::size_t every = std::max<std::size_t>(1, places_.size() / towns_max);
    for (std::size_t place = 0; place < places_.size() && towns_.size() < towns_max;
         place += every) {
      const auto middle = moved(places_[place].position, town_north_m, 0);
      towns_.push_back(middle);
      const auto name = "Made-up " + new_name("town");
      settlements_ += name + "," + text_of(middle) + "," +
                      std::to_string(static_cast<int>(town_radius_m)) + "\n";
      add_streets(middle);
      constexpr double edge = streets_each_way * street_m;
      add_road(new_name("Lane"), "tertiary", {moved(middle, -edge, 0), places_[place].position});
      double side = edge;
      for (const auto& link : links_) {
        if (side < -edge || (link.a != place && link.b != place)) continue;
        add_road(new_name("Way"), "secondary",
                 {moved(middle, 0, side), link.a == place ? link.near_a : link.near_b});
        side -= 2 * edge;
      }
    }
  }

  void add_streets(const Position& middle) {
    for (const bool along : {true, false}) {
      for (int street = -streets_each_way; street <= streets_each_way; ++street) {
        std::vector<Position> line;
        for (int step = -streets_each_way; step <= streets_each_way; ++step) {
          line.push_back(along ? moved(middle, street * street_m, step * street_m)
                               : moved(middle, step * street_m, street * street_m));
        }
        add_road(new_name("Street"), "local", line);
      }
    }
  }

  // One grid for all, so that nobody who lives between two places is counted twice.
  std::string population() {
    std::set<std::pair<int, int>> cells;
    const auto add_around = [&](const Position& at) {
      const int row = static_cast<int>(std::lround(at.latitude / cell_degrees));
      const int column = static_cast<int>(std::lround(at.longitude / cell_degrees));
      for (int north = -cells_around; north <= cells_around; ++north) {
        for (int east = -cells_around; east <= cells_around; ++east) {
          cells.insert({row + north, column + east});
        }
      }
    };
    std::set<std::pair<int, int>> crowded;
    for (const auto& middle : towns_) add_around(middle);
    crowded.swap(cells);
    for (const auto& place : places_) add_around(place.position);
    cells.insert(crowded.begin(), crowded.end());
    std::string csv = "latitude,longitude,residents\n";
    for (const auto& cell : cells) {
      const Position at{cell.first * cell_degrees, cell.second * cell_degrees};
      csv += text_of(at) + "," + std::to_string(below(crowded.contains(cell) ? 160 : 24)) + "\n";
    }
    return csv;
  }

  // Nobody counted at one place in eight.
  std::string traffic() {
    std::string csv = "latitude,longitude,vehicles_a_day\n";
    for (const auto& place : places_) {
      const auto vehicles = 1'500 + below(30'000);
      if (below(8) == 0) continue;
      csv += text_of(place.position) + "," + std::to_string(vehicles) + "\n";
    }
    return csv;
  }

  std::string crime() {
    static constexpr std::array<std::string_view, 5> kinds{
        "theft of a vehicle", "theft from a vehicle", "burglary", "robbery", "supply of drugs"};
    std::string csv = "area,road,kind,count\n";
    std::map<std::string, std::array<std::uint64_t, kinds.size()>> areas;
    for (const auto& link : links_) {
      const double latitude = places_[link.a].position.latitude;
      const std::string area = latitude > 53.3 ? "North" : latitude > 52.7 ? "Middle" : "South";
      for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        const auto count = below(40);
        // Off the main roads there is more of it.
        areas[area].at(kind) += 3 * count;
        csv += fmt::format("{},{},{},{}\n", area, link.name, kinds.at(kind), count);
      }
    }
    for (const auto& [area, counts] : areas) {
      for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        csv += fmt::format("{},,{},{}\n", area, kinds.at(kind), counts.at(kind));
      }
    }
    return csv;
  }

  std::string points() {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kinds{
        {{"infrastructure", "substation"},
         {"border", "ferry port"},
         {"crowded_place", "shopping centre"}}};
    std::string csv = "name,kind,latitude,longitude\n";
    for (const auto& [kind, words] : kinds) {
      for (std::size_t number = 1; number <= points_each; ++number) {
        const auto& near = places_[below(static_cast<std::uint32_t>(places_.size()))].position;
        const auto north_m = 300 + below(1'500);
        const auto east_m = 300 + below(1'500);
        const auto at = moved(near, north_m, east_m);
        csv += fmt::format("Made-up {} {},{},{}\n", words, number, kind, text_of(at));
      }
    }
    return csv;
  }

  // Around the place where most main roads meet: from each of its neighbours to the next.
  json plan() const {
    std::vector<std::vector<std::size_t>> around(places_.size());
    for (const auto& link : links_) {
      around[link.a].push_back(link.b);
      around[link.b].push_back(link.a);
    }
    const auto middle = static_cast<std::size_t>(
        std::ranges::max_element(around, {}, &std::vector<std::size_t>::size) - around.begin());
    const auto end_at = [&](std::size_t place) {
      const auto& at = places_[place].position;
      return json{{"latitude", at.latitude}, {"longitude", at.longitude}};
    };
    json corridors = json::array();
    const auto& ends = around[middle];
    for (std::size_t at = 0; at + 1 < ends.size(); ++at) {
      const auto number = std::to_string(at + 1);
      corridors.push_back({{"id", "corridor-" + number},
                           {"name", "Made-up corridor " + number},
                           {"weight", at + 1},
                           {"from", end_at(ends[at])},
                           {"to", end_at(ends[at + 1])}});
    }
    json candidates = json::array();
    for (const auto& link : links_) {
      if (link.a != middle && link.b != middle) continue;
      const auto at = between(link.near_a, link.near_b, 0.5);
      candidates.push_back({{"id", "candidate-" + std::to_string(candidates.size() + 1)},
                            {"name", link.name},
                            {"latitude", at.latitude},
                            {"longitude", at.longitude},
                            {"money", 12'000}});
    }
    return {{"format", 1},
            {"title", "Made-up roads around " + places_[middle].id},
            {"corridors", std::move(corridors)},
            {"candidates", std::move(candidates)}};
  }

  std::mt19937 random_;
  std::vector<MadeUpPlace> places_;
  std::vector<Link> links_;
  std::vector<Position> towns_;
  json roads_ = json::array();
  std::string settlements_;
  std::size_t names_ = 0;
};

}  // namespace

MadeUpCounty made_up_county(std::span<const MadeUpPlace> places, std::uint32_t seed) {
  return County(places, seed).make();
}

}  // namespace regmark::cli
