#include "planning/expat/osm.h"

#include <gtest/gtest.h>

#include "planning/read_network.h"

namespace regmark::planning {
namespace {

constexpr std::string_view nodes = R"(
  <node id="1" lat="54.00" lon="-2.00"/>
  <node id="2" lat="54.01" lon="-2.00"/>
  <node id="3" lat="54.02" lon="-2.00"/>
  <node id="4" lat="54.01" lon="-2.01"/>)";

std::string osm(std::string_view ways) {
  return "<?xml version=\"1.0\"?>\n<osm version=\"0.6\">" + std::string(nodes) + "\n" +
         std::string(ways) + "</osm>\n";
}

std::string way(std::string_view tags, std::string_view refs = "12") {
  std::string text = "<way id=\"7\">";
  for (const char ref : refs) text += std::string("<nd ref=\"") + ref + "\"/>";
  return text + std::string(tags) + "</way>\n";
}

std::string tag(std::string_view key, std::string_view value) {
  std::string text = "<tag k=\"";
  text += key;
  text += "\" v=\"";
  text += value;
  return text + "\"/>";
}

TEST(Osm, ReadsWhatVehiclesDriveOn) {
  const auto network = read_osm(osm(
      way(tag("highway", "primary") + tag("name", "High Street") + tag("maxspeed", "30 mph"),
          "123") +
      "<way id=\"8\"><nd ref=\"4\"/><nd ref=\"2\"/>" + tag("highway", "residential") +
      "</way><way id=\"9\"><nd ref=\"1\"/><nd ref=\"4\"/>" + tag("highway", "footway") + "</way>"));
  ASSERT_TRUE(network.has_value()) << network.error().message;
  ASSERT_EQ(network->roads().size(), 3U);
  const auto& road = network->roads()[0];
  EXPECT_EQ(road.id, "7/1");
  EXPECT_EQ(road.name, "High Street");
  EXPECT_EQ(road.road_class, RoadClass::primary);
  EXPECT_NEAR(road.speed_kmh, 48.28, 0.01);
  EXPECT_FALSE(road.one_way);
  EXPECT_EQ(network->junctions()[network->roads()[2].from].id, "4");
}

TEST(Osm, KnowsWhichWayTrafficGoes) {
  struct Case {
    std::string tags;
    std::string want;
  };
  const Case cases[] = {
      {tag("highway", "primary"), "both"},
      {tag("highway", "primary") + tag("oneway", "yes"), "1 to 2"},
      {tag("highway", "primary") + tag("oneway", "-1"), "2 to 1"},
      {tag("highway", "motorway"), "1 to 2"},
      {tag("highway", "motorway") + tag("oneway", "no"), "both"},
      {tag("highway", "primary") + tag("junction", "roundabout"), "1 to 2"},
  };
  for (const auto& [tags, want] : cases) {
    SCOPED_TRACE(tags);
    const auto network = read_osm(osm(way(tags)));
    ASSERT_TRUE(network.has_value());
    const auto& road = network->roads()[0];
    const auto& junctions = network->junctions();
    EXPECT_EQ(road.one_way ? junctions[road.from].id + " to " + junctions[road.to].id : "both",
              want);
  }
}

std::string outcome(const Result<Network>& result) {
  return result ? std::to_string(result->roads().size()) + " roads" : result.error().message;
}

TEST(Osm, SaysInWhichLineSomethingIsWrong) {
  struct Case {
    std::string text;
    std::string want;
  };
  const auto street = tag("highway", "primary");
  const Case cases[] = {
      {osm(way(street)), "1 roads"},
      {osm(way(street, "19")), "line 7: way 7: a node of it is not in the file"},
      {osm(way(street + tag("maxspeed", "900"))), "line 7: way 7: maxspeed is out of range"},
      {osm(way(street + tag("maxspeed", "national"))), "1 roads"},
      {osm(way(street, "1")), "road \"7\": it needs two points that differ"},
      {osm(way(street) + way(street)), "road \"7\": the id stands twice"},
      {osm("<node id=\"5\" lat=\"91\" lon=\"0\"/>"),
       "line 7: latitude must lie within -90 and 90, longitude within -180 and 180"},
      {osm("<node id=\"5\" lon=\"0\"/>"), "line 7: a node needs lat and lon"},
      {osm("<node id=\"1\" lat=\"1\" lon=\"0\"/>"), "line 7: the node's id stands twice"},
      {osm("<way><nd ref=\"1\"/></way>"), "line 7: a way needs an id"},
      {osm(""), "the network has no road"},
      {"<osm><way id=\"1\"></osm>", "line 1: no XML: mismatched tag"},
      {"", "line 1: no XML: no element found"},
      {"<!DOCTYPE osm [<!ENTITY a \"aaaa\">]><osm>&a;</osm>",
       "line 1: a document type is not allowed here"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(read_osm(text)), want);
  }
}

TEST(ReadNetwork, KnowsEitherFormat) {
  const auto street = osm(way(tag("highway", "primary")));
  EXPECT_EQ(outcome(read_network("\xEF\xBB\xBF \n" + street)), "1 roads");
  EXPECT_EQ(outcome(read_network(R"({"type": "FeatureCollection", "features": []})")),
            "the network has no road");
  EXPECT_EQ(outcome(read_network("")), "no JSON, at byte 1");
}

}  // namespace
}  // namespace regmark::planning
