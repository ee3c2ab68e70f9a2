#include "planning/json/geojson.h"

#include <cmath>
#include <unordered_map>

#include "planning/expat/osm.h"
#include "planning/json/member.h"

namespace regmark::planning {
namespace {

// Positions that are the same to seven decimals are one point.
std::string key_of(const base::Position& position) {
  const auto whole = [](double degrees) { return std::to_string(std::llround(degrees * 1e7)); };
  return whole(position.latitude) + "," + whole(position.longitude);
}

base::Position position_of(const Member& pair) {
  if (!pair.is_list() || pair.size() < 2) pair.wrong("longitude and latitude are wanted");
  return {pair.at(1).number(-90, 90), pair.at(std::size_t{0}).number(-180, 180)};
}

class Reader {
 public:
  void read(const Member& collection);
  std::vector<Line> lines;

 private:
  void read_line(const Member& feature, const Member& coordinates, const std::string& id);
  void name_junction(const Member& feature);
  std::string id_of(const Member& feature, std::size_t index) const;

  std::unordered_map<std::string, std::string> names_;  // of junctions, by position
  std::size_t points_ = 0;
};

std::string Reader::id_of(const Member& feature, std::size_t index) const {
  const auto properties = feature.at("properties");
  if (properties.has("id")) return properties.at("id").text(network_id_size_max);
  if (feature.has("id") && feature.at("id").is_text()) {
    return feature.at("id").text(network_id_size_max);
  }
  return "road-" + std::to_string(index + 1);
}

void Reader::name_junction(const Member& feature) {
  const auto properties = feature.at("properties");
  if (!properties.has("junction")) return;
  const auto position = position_of(feature.at("geometry").at("coordinates"));
  names_[key_of(position)] = properties.at("junction").text(network_id_size_max);
}

void Reader::read_line(const Member& feature, const Member& coordinates, const std::string& id) {
  const auto properties = feature.at("properties");
  Line line{.id = id, .name = properties.text("name", network_name_size_max, "")};
  if (properties.has("class")) {
    const auto known = road_class_of(properties.at("class").text(32));
    if (!known) {
      properties.at("class").wrong(
          "motorway, trunk, primary, secondary, tertiary or local is wanted");
    }
    line.road_class = *known;
  }
  line.speed_kmh = properties.number("speed_kmh", speed_kmh_min, speed_kmh_max,
                                     usual_speed_kmh(line.road_class));
  line.one_way = properties.flag("one_way", false);
  if (!coordinates.is_list() || coordinates.size() < 2) {
    coordinates.wrong("two positions or more are wanted");
  }
  points_ += coordinates.size();
  if (points_ > points_max) feature.wrong("more than 2,000,000 points", ErrorCode::limit_exceeded);
  for (std::size_t i = 0; i < coordinates.size(); ++i) {
    const auto position = position_of(coordinates.at(i));
    const auto key = key_of(position);
    const auto named = names_.find(key);
    const bool is_named = named != names_.end();
    line.points.push_back({is_named ? named->second : key, position, is_named});
  }
  lines.push_back(std::move(line));
}

void Reader::read(const Member& collection) {
  if (collection.at("type").text(64) != "FeatureCollection") {
    collection.wrong("a FeatureCollection is wanted");
  }
  const auto kind = [](const Member& feature) -> std::string {
    if (!feature.at("properties").is_object())
      feature.at("properties").wrong("an object is wanted");
    if (feature.at("geometry").is_null()) return "";
    return feature.at("geometry").at("type").text(64);
  };
  // Names first: a line may pass a junction that is named behind it.
  collection.each("features", roads_max, [&](const Member& feature) {
    if (kind(feature) == "Point") name_junction(feature);
  });
  std::size_t index = 0;
  collection.each("features", roads_max, [&](const Member& feature) {
    const auto type = kind(feature);
    const auto number = index++;
    if (type == "LineString") {
      read_line(feature, feature.at("geometry").at("coordinates"), id_of(feature, number));
    } else if (type == "MultiLineString") {
      const auto parts = feature.at("geometry").at("coordinates");
      if (!parts.is_list()) parts.wrong("a list is wanted");
      for (std::size_t i = 0; i < parts.size(); ++i) {
        read_line(feature, parts.at(i), id_of(feature, number) + "." + std::to_string(i + 1));
      }
    }
  });
}

}  // namespace

Result<Network> read_geojson(std::string_view text) {
  if (text.size() > network_file_size_max) {
    return fail(ErrorCode::limit_exceeded, "a road network has at most 256 MiB");
  }
  REGMARK_ASSIGN(const auto lines, read_json(text, [](const Json& json) {
                   Reader reader;
                   reader.read(Member(json, ""));
                   return std::move(reader.lines);
                 }));
  return Network::of_lines(lines);
}

}  // namespace regmark::planning
