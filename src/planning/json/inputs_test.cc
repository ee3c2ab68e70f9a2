#include "planning/json/inputs.h"

#include <gtest/gtest.h>

namespace regmark::planning {
namespace {

std::string outcome(std::string_view text) {
  const auto inputs = read_inputs(text);
  return inputs ? "read" : inputs.error().message;
}

TEST(Inputs, AreReadWhole) {
  const auto inputs = read_inputs(R"({
    "format": 1, "title": "T", "network": "n.osm", "cover": 2, "slack": 0.3, "keep_existing": false,
    "objectives": ["money", "privacy"], "new_cameras_most": 3, "money_most": 500,
    "existing": [{"id": "a", "road": "r", "facing": "along", "money": 1}],
    "partners": [{"id": "b", "name": "B", "latitude": 54, "longitude": -2}],
    "candidates": [{"id": "c", "road": "s"}],
    "derive": {"classes": ["trunk"], "money": 9},
    "corridors": [{"id": "d", "weight": 4, "from": "x", "to": {"latitude": 1, "longitude": 2},
                   "cover": 3, "slack": 0, "both_ways": false},
                  {"id": "e", "route": ["x", "y"]}],
    "areas": [{"id": "f", "latitude": 1, "longitude": 2, "radius_m": 50, "margin_m": 10}],
    "places": [{"id": "g", "latitude": 1, "longitude": 2, "radius_m": 50}],
    "population": [[1, 2, 30]], "traffic": [{"road": "r", "vehicles_a_day": 7}],
    "privacy": {"vehicles": 0.5}, "stability": {"draws": 3, "seed": 9},
    "trade_off_points": 5, "seconds": 7})");
  ASSERT_TRUE(inputs.has_value()) << inputs.error().message;
  EXPECT_EQ(inputs->network, "n.osm");
  EXPECT_EQ(inputs->cover, 2);
  EXPECT_FALSE(inputs->keep_existing);
  EXPECT_EQ(inputs->objectives, (std::vector{Objective::money, Objective::privacy}));
  EXPECT_EQ(inputs->new_cameras_most, 3);
  ASSERT_EQ(inputs->sites.size(), 3U);
  EXPECT_EQ(inputs->sites[0].facing, Facing::along);
  EXPECT_EQ(inputs->sites[1].kind, SiteKind::partner);
  EXPECT_EQ(inputs->sites[1].position, (base::Position{54, -2}));
  ASSERT_EQ(inputs->corridors.size(), 2U);
  EXPECT_EQ(inputs->corridors[0].cover, 3);
  EXPECT_EQ(inputs->corridors[0].slack, 0.0);
  EXPECT_EQ(inputs->corridors[1].route.size(), 2U);
  EXPECT_EQ(inputs->areas[0].margin_m, 10);
  EXPECT_EQ(inputs->population[0].residents, 30);
  EXPECT_EQ(inputs->privacy.vehicles, 0.5);
  EXPECT_EQ(inputs->privacy.residents, 1);
  EXPECT_EQ(inputs->stability.seed, 9);
  EXPECT_EQ(inputs->seconds, 7);
}

TEST(Inputs, SayWhereSomethingIsWrong) {
  struct Case {
    std::string_view text;
    std::string_view want;
  };
  const Case cases[] = {
      {R"({"format": 1})", "read"},
      {R"({})", "the file: \"format\" is missing"},
      {R"({"format": 2})", "format: a whole number from 1 to 1 is wanted"},
      {R"({"format": 1, "camera": 1})", "the file: unknown member \"camera\""},
      {R"({"format": 1, "cover": 5})", "cover: a whole number from 1 to 4 is wanted"},
      {R"({"format": 1, "cover": 1.5})", "cover: a whole number from 1 to 4 is wanted"},
      {R"({"format": 1, "slack": -0.1})", "slack: a number from 0.0 to 2.0 is wanted"},
      {R"({"format": 1, "objectives": ["speed"]})",
       "objectives[0]: new_cameras, cameras, money or privacy is wanted"},
      {R"({"format": 1, "objectives": []})", "objectives: at least one is wanted"},
      {R"({"format": 1, "objectives": ["money"], "weights": {"money": 1}})",
       "the file: \"objectives\" or \"weights\" is wanted, not both"},
      {R"({"format": 1, "existing": [{"id": "a"}]})",
       "existing[0]: a road or a position is wanted"},
      {R"({"format": 1, "existing": [{"id": "a", "latitude": 1}]})",
       "existing[0]: \"longitude\" is missing"},
      {R"({"format": 1, "existing": [{"id": "", "road": "r"}]})",
       "existing[0].id: 1 to 64 bytes are wanted"},
      {R"({"format": 1, "existing": [{"id": "a", "road": "r", "facing": "up"}]})",
       "existing[0].facing: both, along or against is wanted"},
      {R"({"format": 1, "existing": {}})", "existing: a list is wanted"},
      {R"({"format": 1, "corridors": [{"id": "a", "from": "x"}]})",
       "corridors[0]: \"from\" and \"to\", or \"route\", is wanted"},
      {R"({"format": 1, "corridors": [{"id": "a", "from": "x", "to": "y", "route": ["x", "y"]}]})",
       "corridors[0]: \"from\" and \"to\", or \"route\", is wanted"},
      {R"({"format": 1, "corridors": [{"id": "a", "weight": 0, "from": "x", "to": "y"}]})",
       "corridors[0].weight: a whole number from 1 to 1000000 is wanted"},
      {R"({"format": 1, "population": [[1, 2]]})",
       "population[0]: latitude, longitude and residents are wanted"},
      {R"({"format": 1, "title": "a\u0007"})", "title: control characters are not allowed"},
      {R"({"format": 1, "format": 1})", "a member of an object stands twice"},
      {R"({"format": 1e400})", "no JSON: a number is too large"},
      {"", "no JSON, at byte 1"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(text), want);
  }
}

}  // namespace
}  // namespace regmark::planning
