#include "surroundings/threat_areas.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "planning/plan.h"
#include "planning/planning_testing.h"

namespace regmark::surroundings {
namespace {

const planning::Network& town() {
  static const auto network = planning::made_up_town(6, 1);
  return network;
}

// So many metres north of a junction.
Point point_at(std::string_view name, PointKind kind, planning::Node node, double north_m) {
  auto position = town().junctions()[node].position;
  position.latitude += north_m / 111'195;
  return {std::string(name), kind, position};
}

PointsOnMap on_map(const std::vector<Point>& points, const PointWeights& weights = {}) {
  const auto found = points_on_map(town(), points, weights);
  REGMARK_CHECK(found.has_value());
  return *found;
}

TEST(ThreatAreas, ShowsWhatLiesOnTheMapOfTheRoads) {
  const auto north = static_cast<planning::Node>(town().junctions().size() - 1);
  const auto found = on_map({point_at("Power station", PointKind::infrastructure, 0, 0),
                             point_at("Port", PointKind::border, north, 900),
                             point_at("Far away", PointKind::crowded_place, north, 5'000)});
  ASSERT_EQ(found.points.size(), 2U);
  EXPECT_EQ(found.points[0].point.name, "Power station");
  EXPECT_EQ(found.points[1].point.name, "Port");
  EXPECT_TRUE(found.areas.empty());
  EXPECT_TRUE(found.points[0].area.empty());
}

TEST(ThreatAreas, WatchesTheKindsThatHaveAWeight) {
  const std::vector points{point_at("Power station", PointKind::infrastructure, 14, 0),
                           point_at("Arena", PointKind::crowded_place, 21, 0),
                           point_at("Mast", PointKind::infrastructure, 0, 0)};
  const auto found = on_map(points, {.crowded_place = 7, .radius_m = 250});
  ASSERT_EQ(found.areas.size(), 1U);
  const auto& area = found.areas.front();
  EXPECT_EQ(area.id, "point-2");
  EXPECT_EQ(area.name, "Arena");
  EXPECT_EQ(area.weight, 7);
  EXPECT_EQ(area.area.radius_m, 250);
  EXPECT_EQ(found.points[1].area, "point-2");
  // The planner takes it as it is.
  planning::Inputs inputs;
  inputs.derived = planning::DerivedCandidates{
      {std::begin(planning::all_road_classes), std::end(planning::all_road_classes)}, 100};
  inputs.stability.draws = 0;
  inputs.areas = found.areas;
  const auto plan = planning::make_plan(town(), inputs);
  ASSERT_TRUE(plan) << plan.error().message;
  ASSERT_EQ(plan->demands.size(), 1U);
  EXPECT_TRUE(plan->meets_cover());
  EXPECT_GT(plan->recommended.totals.cameras, 0);
}

TEST(ThreatAreas, SaysWhichNoRoadReaches) {
  const auto north = static_cast<planning::Node>(town().junctions().size() - 1);
  const auto found =
      on_map({point_at("Island", PointKind::border, north, 700)}, {.border = 1, .radius_m = 200});
  EXPECT_TRUE(found.areas.empty());
  EXPECT_EQ(found.off_network, std::vector<std::string>{"Island"});
  EXPECT_EQ(found.points.size(), 1U);
}

TEST(ThreatAreas, HasLimits) {
  const std::vector many(planning::areas_max + 1,
                         point_at("Square", PointKind::crowded_place, 7, 0));
  const auto refused = points_on_map(town(), many, {.crowded_place = 1});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::limit_exceeded);
  const std::vector more(points_on_map_max + 3, many.front());
  const auto found = on_map(more);
  EXPECT_EQ(found.points.size(), points_on_map_max);
  EXPECT_EQ(found.left_out, 3U);
}

}  // namespace
}  // namespace regmark::surroundings
