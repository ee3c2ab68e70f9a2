#include "planning/figures.h"

#include <gtest/gtest.h>

#include "planning/planning_testing.h"

namespace regmark::planning {
namespace {

// Two places joined by one bridge: who lives beyond it cannot avoid a camera there.
//   a - b = c - d, and a - e - b
Network bridge() {
  const LinePoint a{"a", {54, -2}}, b{"b", {54.01, -2}}, c{"c", {54.02, -2}}, d{"d", {54.03, -2}};
  const LinePoint e{"e", {54.005, -2.01}};
  return Network::of_lines({{.id = "ab", .points = {a, b}},
                            {.id = "bridge", .road_class = RoadClass::primary, .points = {b, c}},
                            {.id = "cd", .points = {c, d}},
                            {.id = "round", .points = {a, e, b}}})
      .value();
}

Inputs inputs() {
  Inputs made;
  made.sites = {{.id = "on-bridge", .road = "bridge", .money = 1},
                {.id = "on-ab", .road = "ab", .money = 1}};
  made.corridors = {{.id = "through", .from = End("a"), .to = End("d")}};
  made.places = {{.id = "beyond", .area = {{54.025, -2}, 700}}};
  made.population = {{{54.03, -2}, 300}, {{54.0151, -2}, 40}, {{54.005, -2.0001}, 7}};
  made.traffic = {{"bridge", 5'000}};
  return made;
}

TEST(Figures, CountWhoLivesNearAndWhoCannotAvoidACamera) {
  const auto network = bridge();
  const auto problem = lay_out(network, inputs());
  ASSERT_TRUE(problem.has_value()) << problem.error().message;
  const auto& on_bridge = problem->sites[0];
  EXPECT_EQ(on_bridge.residents, 40);
  EXPECT_EQ(on_bridge.vehicles, 5'000);
  EXPECT_TRUE(on_bridge.vehicles_counted);
  // All 300 who live beyond, and who lives by the bridge is outside the place.
  EXPECT_EQ(on_bridge.unavoidable, 300);
  EXPECT_EQ(on_bridge.privacy, 40 + 500 + 3'000);
  const auto& on_ab = problem->sites[1];
  EXPECT_EQ(on_ab.residents, 7);
  EXPECT_EQ(on_ab.unavoidable, 0);
  // Nobody counted there: as many as on the busiest road that was.
  EXPECT_FALSE(on_ab.vehicles_counted);
  EXPECT_EQ(on_ab.vehicles, 5'000);
}

TEST(Figures, PlaceHasItsPeopleAndItsWaysOut) {
  const auto network = bridge();
  const auto made = inputs();
  const auto place = trip_place(network, made, made.places[0]);
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->residents, 300);
  ASSERT_EQ(place->inside.size(), 2U);
  ASSERT_EQ(place->gateways.size(), 1U);
  EXPECT_EQ(network.junctions()[place->gateways[0].node].id, "b");
  EXPECT_EQ(place->gateways[0].weight, 5'000);
}

TEST(Figures, ACameraThatLooksOneWayLetsTheOthersPass) {
  const auto network = bridge();
  auto made = inputs();
  made.sites[0].facing = Facing::along;
  const auto problem = lay_out(network, made);
  ASSERT_TRUE(problem.has_value());
  EXPECT_EQ(problem->sites[0].unavoidable, 150);  // half of the trips: those that come
}

}  // namespace
}  // namespace regmark::planning
