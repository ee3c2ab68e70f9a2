#include "planning/network.h"

#include <gtest/gtest.h>

#include "planning/planning_testing.h"

namespace regmark::planning {
namespace {

Line line(std::string id, std::vector<LinePoint> points) {
  return {.id = std::move(id), .points = std::move(points)};
}

const LinePoint a{"a", {54, -2}};
const LinePoint b{"b", {54.01, -2}};
const LinePoint c{"c", {54.02, -2}};
const LinePoint d{"d", {54.01, -2.02}};
const LinePoint e{"e", {55, -3}};
const LinePoint f{"f", {55.01, -3}};

std::string outcome(const Result<Network>& result) {
  return result ? std::to_string(result->roads().size()) + " roads" : result.error().message;
}

TEST(Network, CutsLinesWhereTheyMeet) {
  const auto network = Network::of_lines({line("long", {a, b, c}), line("side", {d, b})});
  ASSERT_TRUE(network.has_value());
  ASSERT_EQ(network->roads().size(), 3U);
  EXPECT_EQ(network->roads()[0].id, "long/1");
  EXPECT_EQ(network->roads()[1].id, "long/2");
  EXPECT_EQ(network->roads()[2].id, "side");
  const auto middle = network->junction("b");
  ASSERT_TRUE(middle.has_value());
  EXPECT_EQ(network->out_of(*middle).size(), 3U);
  EXPECT_EQ(network->into(*middle).size(), 3U);
  // A hundredth of a degree of latitude.
  EXPECT_NEAR(network->roads()[0].length_m, 1111.9, 1);
  EXPECT_NEAR(network->roads()[0].middle().latitude, 54.005, 1e-6);
}

TEST(Network, KeepsAPointThatNobodyMeetsInTheShape) {
  const auto network = Network::of_lines({line("bent", {a, d, c})});
  ASSERT_TRUE(network.has_value());
  ASSERT_EQ(network->roads().size(), 1U);
  EXPECT_EQ(network->roads()[0].id, "bent");
  EXPECT_EQ(network->roads()[0].shape.size(), 3U);
  EXPECT_FALSE(network->junction("d").has_value());
}

TEST(Network, LetsNobodyDriveAOneWayRoadBack) {
  auto one_way = line("one", {a, b});
  one_way.one_way = true;
  const auto network = Network::of_lines({one_way});
  ASSERT_TRUE(network.has_value());
  EXPECT_EQ(network->out_of(*network->junction("a")).size(), 1U);
  EXPECT_TRUE(network->out_of(*network->junction("b")).empty());
  EXPECT_EQ(network->into(*network->junction("b")).size(), 1U);
}

TEST(Network, FindsIslandsLargestFirst) {
  const auto network =
      Network::of_lines({line("far", {e, f}), line("long", {a, b, c}), line("side", {d, b})});
  ASSERT_TRUE(network.has_value());
  ASSERT_EQ(network->island_sizes().size(), 2U);
  EXPECT_EQ(network->island_sizes()[0], 4U);
  EXPECT_EQ(network->island_sizes()[1], 2U);
  EXPECT_EQ(network->island_of()[*network->junction("a")], 0U);
  EXPECT_EQ(network->island_of()[*network->junction("e")], 1U);
}

TEST(Network, FindsWhatLiesNextToAPlace) {
  const auto network = Network::of_lines({line("long", {a, b, c}), line("side", {d, b})});
  ASSERT_TRUE(network.has_value());
  EXPECT_EQ(network->nearest_road({54.015, -2.0005}, 100), network->road("long/2"));
  EXPECT_EQ(network->nearest_road({54.015, -2.0005}, 10), std::nullopt);
  EXPECT_EQ(network->nearest_junction({54.0199, -2}, 100), network->junction("c"));
  EXPECT_EQ(network->nearest_junction({54.015, -2}, 100), std::nullopt);
}

TEST(Network, SaysWhatIsWrongWithALine) {
  auto slow = line("slow", {a, b});
  slow.speed_kmh = 0;
  struct Case {
    std::vector<Line> lines;
    std::string want;
  };
  const Case cases[] = {
      {{line("x", {a, b}), line("x", {b, c})}, "road \"x\": the id stands twice"},
      {{line("", {a, b})}, "a road's id has 1 to 64 bytes"},
      {{line(std::string(65, 'x'), {a, b})}, "a road's id has 1 to 64 bytes"},
      {{line(std::string(64, 'x'), {a, b})}, "1 roads"},
      {{slow}, "road \"slow\": its speed must be 1 to 200 km/h"},
      {{line("x", {a})}, "road \"x\": it needs two points that differ"},
      {{line("x", {a, a})}, "road \"x\": it needs two points that differ"},
      {{line("x", {a, a, b})}, "1 roads"},
      {{}, "the network has no road"},
  };
  for (const auto& [lines, want] : cases) {
    SCOPED_TRACE(want);
    EXPECT_EQ(outcome(Network::of_lines(lines)), want);
  }
}

TEST(Network, MadeUpTownsAreTheSameForASeed) {
  const auto town = made_up_town(10, 1);
  EXPECT_EQ(town.roads().size(), made_up_town(10, 1).roads().size());
  EXPECT_GT(town.roads().size(), 150U);
  EXPECT_LT(town.roads().size(), 180U);
}

}  // namespace
}  // namespace regmark::planning
