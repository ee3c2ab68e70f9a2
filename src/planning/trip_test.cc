#include "planning/trip.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "planning/planning_testing.h"
#include "planning/problem.h"

namespace regmark::planning {
namespace {

unsigned cameras_on(const Way& way, const Watch& watch) {
  unsigned cameras = 0;
  for (const Arc arc : way) cameras += watch[arc];
  return cameras;
}

double seconds_on(const Network& network, const Way& way) {
  double seconds = 0;
  for (const Arc arc : way) seconds += network.roads()[road_of(arc)].seconds();
  return seconds;
}

// The slow honest twin lists every way.
RC_GTEST_PROP(TripGraph, FindsTheFewestCamerasThatListingAllWaysFinds, ()) {
  const auto network = made_up_town(4, *rc::gen::inRange<std::uint64_t>(0, 1'000'000));
  std::mt19937_64 random(*rc::gen::inRange<std::uint64_t>(0, 1'000'000));
  const auto last = network.junctions().size() - 1;
  const Node from = static_cast<Node>(draw(random, last));
  const Node to = static_cast<Node>(draw(random, last));
  RC_PRE(from != to);
  const double slack = static_cast<double>(draw(random, 10)) / 10;
  Watch watch(2 * network.roads().size(), 0);
  for (auto& cameras : watch) cameras = draw(random, 2) == 0 ? 1 : 0;
  const auto trip =
      TripGraph::between(network, seconds_of(network), std::vector{from}, std::vector{to}, slack);
  std::vector<Way> ways;
  Way way;
  std::vector<bool> passed(network.junctions().size(), false);
  const double most = trip.possible() ? trip.fastest_seconds() * (1 + slack) * (1 + 1e-9) : 1e9;
  all_ways(network, from, to, most, way, passed, ways);
  RC_ASSERT(trip.possible() == !ways.empty());
  RC_CLASSIFY(ways.size() > 3, "more than three ways");
  constexpr unsigned cap = 4;
  unsigned fewest = cap;
  for (const auto& one : ways) {
    fewest = std::min(fewest, cameras_on(one, watch));
    RC_ASSERT(seconds_on(network, one) >= trip.fastest_seconds() * (1 - 1e-9));
  }
  RC_CLASSIFY(fewest > 0 && fewest < cap, "some cameras on each way");
  RC_ASSERT(trip.fewest_cameras(watch, cap) == fewest);
  for (unsigned least = 1; least <= cap; ++least) {
    const auto found = trip.way_with_fewer(watch, least);
    RC_ASSERT(found.has_value() == (fewest < least));
    if (!found) continue;
    RC_ASSERT(cameras_on(*found, watch) < least);
    RC_ASSERT(seconds_on(network, *found) <= most * (1 + 1e-5));
    RC_ASSERT(network.tail(found->front()) == from && network.head(found->back()) == to);
  }
}

TEST(TripGraph, OfARouteHasOneWay) {
  const auto network = made_up_town(4, 1);
  const auto seconds = seconds_of(network);
  const auto trip = TripGraph::between(network, seconds, std::vector{*network.junction("0-0")},
                                       std::vector{*network.junction("0-3")}, 0.0);
  ASSERT_TRUE(trip.possible());
  const auto route = TripGraph::along(network, seconds, trip.fastest());
  EXPECT_EQ(route.fastest(), trip.fastest());
  Watch watch(2 * network.roads().size(), 0);
  watch[trip.fastest()[1]] = 1;
  EXPECT_EQ(route.fewest_cameras(watch, 4), 1U);
  EXPECT_EQ(route.way_with_fewer(watch, 1), std::nullopt);
}

}  // namespace
}  // namespace regmark::planning
