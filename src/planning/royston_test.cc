#include "planning/royston.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "planning/planning_testing.h"

namespace regmark::planning {
namespace {

// The slow honest twin lists every way of every trip and asks whether one is free of cameras.
Unavoidable by_listing(const Network& network, const TripPlace& place,
                       const std::vector<bool>& watched) {
  Unavoidable found;
  const auto count = [&](Node from, Node to, double weight) {
    if (from == to) return;
    std::vector<Way> ways;
    Way way;
    std::vector<bool> passed(network.junctions().size(), false);
    all_ways(network, from, to, 1e9, way, passed, ways);
    if (ways.empty()) return;
    found.trips += weight;
    const bool avoidable = std::ranges::any_of(ways, [&](const Way& one) {
      return std::ranges::none_of(one, [&](Arc arc) { return watched[arc]; });
    });
    if (!avoidable) found.unavoidable += weight;
  };
  for (const auto& inside : place.inside) {
    for (const auto& gateway : place.gateways) {
      count(inside.node, gateway.node, inside.weight * gateway.weight);
      count(gateway.node, inside.node, inside.weight * gateway.weight);
    }
  }
  return found;
}

RC_GTEST_PROP(Royston, CountsTheTripsThatListingAllWaysCounts, ()) {
  const auto network = made_up_town(4, *rc::gen::inRange<std::uint64_t>(0, 1'000'000));
  std::mt19937_64 random(*rc::gen::inRange<std::uint64_t>(0, 1'000'000));
  TripPlace place;
  const auto junctions = network.junctions().size();
  for (int i = 0; i < 3; ++i) {
    place.inside.push_back(
        {static_cast<Node>(draw(random, junctions - 1)), static_cast<double>(1 + draw(random, 9))});
    place.gateways.push_back(
        {static_cast<Node>(draw(random, junctions - 1)), static_cast<double>(1 + draw(random, 9))});
  }
  std::vector<bool> watched(2 * network.roads().size());
  for (std::size_t arc = 0; arc < watched.size(); ++arc) watched[arc] = draw(random, 2) == 0;
  const auto found = unavoidable_trips(network, place, watched);
  const auto want = by_listing(network, place, watched);
  RC_ASSERT(found.trips == want.trips);
  RC_ASSERT(found.unavoidable == want.unavoidable);
  RC_CLASSIFY(want.unavoidable > 0 && want.unavoidable < want.trips, "some, and not all");
}

TEST(Royston, OfATownWithEveryRoadWatchedIsAll) {
  const auto network = made_up_town(5, 1);
  const TripPlace place{.inside = {{*network.junction("2-2"), 1}},
                        .gateways = {{*network.junction("0-0"), 1}}};
  const std::vector<bool> all(2 * network.roads().size(), true);
  const std::vector<bool> none(2 * network.roads().size(), false);
  EXPECT_EQ(unavoidable_trips(network, place, all).share(), 1);
  EXPECT_EQ(unavoidable_trips(network, place, none).share(), 0);
}

}  // namespace
}  // namespace regmark::planning
