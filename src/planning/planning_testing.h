// Road networks made up for tests and benchmarks, and slow honest twins. Never included by a
// program.
#pragma once

#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "base/check.h"
#include "planning/inputs.h"
#include "planning/network.h"
#include "planning/trip.h"

namespace regmark::planning {

// What every network must be, wherever it was read from.
inline void check_whole(const Network& network) {
  const auto sizes = network.island_sizes();
  REGMARK_CHECK(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}) ==
                network.junctions().size());
  for (const auto& road : network.roads()) {
    REGMARK_CHECK(road.from < network.junctions().size() && road.to < network.junctions().size());
    REGMARK_CHECK(road.shape.size() >= 2 && road.length_m >= 0);
    REGMARK_CHECK(network.road(road.id).has_value());
  }
}

// A whole number from 0 to most, the same on every machine.
inline std::uint64_t draw(std::mt19937_64& random, std::uint64_t most) {
  return random() % (most + 1);
}

// A town of side x side junctions, 400 m apart and a little askew, every fifth street a main road;
// some streets are missing and some one-way. Junctions are called "row-column".
inline std::vector<Line> made_up_streets(std::uint32_t side, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  constexpr double step = 0.0036;  // degrees of latitude in 400 m
  std::vector<LinePoint> points;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const auto askew = [&] {
        return step * (static_cast<double>(draw(random, 200)) - 100) / 400;
      };
      std::string id = std::to_string(row);
      id += "-";
      id += std::to_string(column);
      points.push_back({id, {54 + step * row + askew(), -2 + 1.7 * step * column + askew()}});
    }
  }
  std::vector<Line> lines;
  const auto add = [&](std::uint32_t row, std::uint32_t column, std::uint32_t down,
                       std::uint32_t right) {
    const bool main_road = (down > 0 ? column : row) % 5 == 0;
    const bool missing = draw(random, 9) == 0 && !main_road;
    const bool one_way = draw(random, 14) == 0 && !main_road;
    if (missing) return;
    const auto& from = points[row * side + column];
    const auto& to = points[(row + down) * side + column + right];
    Line line{.id = from.id + ">" + to.id,
              .name = main_road ? "Main road" : "Street",
              .road_class = main_road ? RoadClass::primary : RoadClass::local,
              .one_way = one_way,
              .points = {from, to}};
    line.speed_kmh = usual_speed_kmh(line.road_class);
    lines.push_back(std::move(line));
  };
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      if (row + 1 < side) add(row, column, 1, 0);
      if (column + 1 < side) add(row, column, 0, 1);
    }
  }
  return lines;
}

inline Network made_up_town(std::uint32_t side, std::uint64_t seed) {
  auto network = Network::of_lines(made_up_streets(side, seed));
  REGMARK_CHECK(network.has_value());
  return *std::move(network);
}

// Corridors between junctions of the largest island, existing cameras and partners on its roads,
// candidates on all others, people and traffic.
inline Inputs made_up_inputs(const Network& network, std::size_t corridors, std::size_t existing,
                             std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Inputs inputs;
  inputs.title = "Made up";
  const auto some_junction = [&] {
    while (true) {
      const auto node = static_cast<Node>(draw(random, network.junctions().size() - 1));
      // One-way streets at the edge may lead nowhere, so only junctions that are well joined.
      if (network.out_of(node).size() >= 2 && network.into(node).size() >= 2 &&
          network.island_of()[node] == 0) {
        return node;
      }
    }
  };
  for (std::size_t i = 0; i < corridors; ++i) {
    const auto from = some_junction();
    auto to = some_junction();
    while (to == from) to = some_junction();
    inputs.corridors.push_back({.id = "corridor-" + std::to_string(i + 1),
                                .weight = static_cast<std::int64_t>(1 + draw(random, 9)),
                                .from = network.junctions()[from].id,
                                .to = network.junctions()[to].id});
  }
  for (RoadNumber road = 0; road < network.roads().size(); ++road) {
    SiteInput site{.id = "site-" + std::to_string(road + 1), .road = network.roads()[road].id};
    if (existing > 0 && draw(random, network.roads().size()) < existing) {
      site.kind = SiteKind::existing;
      site.money = 2'000;
    } else if (draw(random, 19) == 0) {
      site.kind = SiteKind::partner;
      site.money = static_cast<std::int64_t>(3'000 + 100 * draw(random, 20));
    } else {
      site.money = static_cast<std::int64_t>(10'000 + 100 * draw(random, 100));
    }
    inputs.sites.push_back(std::move(site));
    inputs.traffic.push_back(
        {network.roads()[road].id, static_cast<std::int64_t>(100 + draw(random, 20'000))});
  }
  for (const auto& junction : network.junctions()) {
    inputs.population.push_back({junction.position, static_cast<std::int64_t>(draw(random, 300))});
  }
  return inputs;
}

// Every way from one junction to another that passes none twice and takes no longer than `most`.
inline void all_ways(const Network& network, Node at, Node to, double most, Way& way,
                     std::vector<bool>& passed, std::vector<Way>& found) {
  if (at == to) {
    found.push_back(way);
    return;
  }
  passed[at] = true;
  for (const Arc arc : network.out_of(at)) {
    const double left = most - network.roads()[road_of(arc)].seconds();
    if (passed[network.head(arc)] || left < 0) continue;
    way.push_back(arc);
    all_ways(network, network.head(arc), to, left, way, passed, found);
    way.pop_back();
  }
  passed[at] = false;
}

}  // namespace regmark::planning
