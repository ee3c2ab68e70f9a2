#include "planning/json/geojson.h"

#include <gtest/gtest.h>

namespace regmark::planning {
namespace {

std::string collection(std::string_view features) {
  return R"({"type": "FeatureCollection", "features": [)" + std::string(features) + "]}";
}

std::string line(std::string_view properties,
                 std::string_view coordinates = "[[-2,54],[-2,54.01]]") {
  return R"({"type": "Feature", "properties": {)" + std::string(properties) +
         R"(}, "geometry": {"type": "LineString", "coordinates": )" + std::string(coordinates) +
         "}}";
}

std::string outcome(const Result<Network>& result) {
  return result ? std::to_string(result->roads().size()) + " roads" : result.error().message;
}

TEST(GeoJson, ReadsRoadsAndNamesOfJunctions) {
  const auto network = read_geojson(collection(
      line(
          R"("id": "high", "name": "High Street", "class": "primary", "speed_kmh": 30, "one_way": true)",
          "[[-2,54],[-2,54.01],[-2,54.02]]") +
      "," + line("", "[[-2.01,54.01],[-2,54.01]]") +
      R"(,{"type": "Feature", "properties": {"junction": "cross"},
          "geometry": {"type": "Point", "coordinates": [-2, 54.01]}})"));
  ASSERT_TRUE(network.has_value()) << network.error().message;
  ASSERT_EQ(network->roads().size(), 3U);
  const auto& road = network->roads()[0];
  EXPECT_EQ(road.id, "high/1");
  EXPECT_EQ(road.name, "High Street");
  EXPECT_EQ(road.road_class, RoadClass::primary);
  EXPECT_EQ(road.speed_kmh, 30);
  EXPECT_TRUE(road.one_way);
  EXPECT_EQ(network->junctions()[road.to].id, "cross");
  EXPECT_EQ(network->roads()[2].id, "road-2");
  EXPECT_EQ(network->roads()[2].road_class, RoadClass::local);
}

TEST(GeoJson, ReadsTheLinesOfAMultiLine) {
  const auto network = read_geojson(collection(
      R"({"type": "Feature", "id": "m", "properties": {}, "geometry": {"type": "MultiLineString",
          "coordinates": [[[-2,54],[-2,54.01]],[[-3,54],[-3,54.01]]]}})"));
  ASSERT_TRUE(network.has_value()) << network.error().message;
  EXPECT_EQ(network->roads()[0].id, "m.1");
  EXPECT_EQ(network->roads()[1].id, "m.2");
  EXPECT_EQ(network->island_sizes().size(), 2U);
}

TEST(GeoJson, SaysWhereSomethingIsWrong) {
  struct Case {
    std::string text;
    std::string want;
  };
  const Case cases[] = {
      {collection(line("")), "1 roads"},
      {collection(""), "the network has no road"},
      {"[]", "the file: an object is wanted"},
      {"{", "no JSON, at byte 2"},
      {R"({"type": "Topology"})", "the file: a FeatureCollection is wanted"},
      {R"({"type": "FeatureCollection", "type": "FeatureCollection"})",
       "a member of an object stands twice"},
      {collection(line(R"("class": "lane")")),
       "features[0].properties.class: motorway, trunk, primary, secondary, tertiary or local is "
       "wanted"},
      {collection(line(R"("speed_kmh": 0)")),
       "features[0].properties.speed_kmh: a number from 1.0 to 200.0 is wanted"},
      {collection(line(R"("one_way": "yes")")),
       "features[0].properties.one_way: true or false is wanted"},
      {collection(line("", "[[-2,54]]")),
       "features[0].geometry.coordinates: two positions or more are wanted"},
      {collection(line("", "[[-2,54],[-2,91]]")),
       "features[0].geometry.coordinates[1][1]: a number from -90.0 to 90.0 is wanted"},
      {collection(line("", "[[-2,54],[-2,54]]")),
       "road \"road-1\": it needs two points that differ"},
      {collection(line(R"("id": "a")") + "," + line(R"("id": "a")")),
       "road \"a\": the id stands twice"},
      {collection(R"({"type": "Feature", "properties": null})"),
       "features[0].properties: an object is wanted"},
      {collection(R"({"type": "Feature", "properties": {}})"),
       "features[0]: \"geometry\" is missing"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(read_geojson(text)), want);
  }
}

TEST(GeoJson, BearsDeepNesting) {
  std::string deep(100'000, '[');
  EXPECT_FALSE(read_geojson(deep).has_value());
  deep += std::string(100'000, ']');
  EXPECT_EQ(outcome(read_geojson(deep)), "the JSON is nested deeper than 16");
}

}  // namespace
}  // namespace regmark::planning
