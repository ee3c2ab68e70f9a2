#include "planning/expat/osm.h"

#include <expat.h>

#include <charconv>
#include <cstring>
#include <memory>
#include <unordered_map>
#include <utility>

namespace regmark::planning {
namespace {

constexpr double kmh_per_mph = 1.609344;
constexpr std::size_t way_points_max = 100'000;

struct ClassWord {
  std::string_view word;
  RoadClass road_class;
};
// Values of the key "highway" on which vehicles drive.
constexpr ClassWord class_words[] = {
    {"motorway", RoadClass::motorway},   {"motorway_link", RoadClass::motorway},
    {"trunk", RoadClass::trunk},         {"trunk_link", RoadClass::trunk},
    {"primary", RoadClass::primary},     {"primary_link", RoadClass::primary},
    {"secondary", RoadClass::secondary}, {"secondary_link", RoadClass::secondary},
    {"tertiary", RoadClass::tertiary},   {"tertiary_link", RoadClass::tertiary},
    {"unclassified", RoadClass::local},  {"residential", RoadClass::local},
    {"living_street", RoadClass::local}, {"service", RoadClass::local}};

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "30 mph", "50", "50 km/h"; nothing for words such as "national", "walk" or "none".
std::optional<double> speed_kmh(std::string_view text) {
  double factor = 1;
  for (const auto& [unit, kmh] :
       {std::pair<std::string_view, double>{"mph", kmh_per_mph}, {"km/h", 1.0}}) {
    if (!text.ends_with(unit)) continue;
    text.remove_suffix(unit.size());
    factor = kmh;
    break;
  }
  while (text.ends_with(' ')) text.remove_suffix(1);
  const auto value = number(text);
  if (!value) return std::nullopt;
  return *value * factor;
}

struct Way {
  std::string id;
  unsigned long line = 0;
  std::vector<std::string> nodes;
  std::unordered_map<std::string, std::string> tags;

  std::string_view tag(const char* key) const {
    const auto at = tags.find(key);
    return at == tags.end() ? std::string_view() : std::string_view(at->second);
  }
};

// Expat calls C functions: what goes wrong inside is kept here, and the parser stopped.
class Reader {
 public:
  explicit Reader(XML_Parser parser) : parser_(parser) {}

  void start(std::string_view element, const char** attributes);
  void end(std::string_view element);
  void refuse_document_type() { wrong("a document type is not allowed here"); }
  std::optional<Error> error;

  Result<Network> finish();

 private:
  unsigned long line() const { return XML_GetCurrentLineNumber(parser_); }
  void wrong(const std::string& what, ErrorCode code = ErrorCode::invalid_input) {
    if (!error) error = Error{code, "line " + std::to_string(line()) + ": " + what};
    XML_StopParser(parser_, XML_FALSE);
  }
  static std::string_view attribute(const char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
      if (attributes[0] == name) return attributes[1];
    }
    return {};
  }
  void read_node(const char** attributes);
  Result<std::optional<Line>> line_of(const Way& way) const;

  XML_Parser parser_;
  std::unordered_map<std::string, base::Position> nodes_;
  std::vector<Way> ways_;
  std::optional<Way> way_;
};

void Reader::read_node(const char** attributes) {
  const auto id = attribute(attributes, "id");
  const auto latitude = number(attribute(attributes, "lat"));
  const auto longitude = number(attribute(attributes, "lon"));
  if (id.empty() || id.size() > network_id_size_max) return wrong("a node needs an id");
  // A deleted node, in files of changes, has no place.
  if (!latitude || !longitude) return wrong("a node needs lat and lon");
  const auto position = base::make_position(*latitude, *longitude);
  if (!position) return wrong(position.error().message);
  if (nodes_.size() >= points_max) {
    return wrong("more than 2,000,000 nodes", ErrorCode::limit_exceeded);
  }
  if (!nodes_.emplace(id, *position).second) wrong("the node's id stands twice");
}

void Reader::start(std::string_view element, const char** attributes) {
  if (error) return;
  if (element == "node") return read_node(attributes);
  if (element == "way") {
    const auto id = attribute(attributes, "id");
    if (id.empty()) return wrong("a way needs an id");
    way_ = Way{std::string(id), line(), {}, {}};
    return;
  }
  if (!way_) return;
  if (element == "nd") {
    if (way_->nodes.size() >= way_points_max) {
      return wrong("a way of more than 100,000 nodes", ErrorCode::limit_exceeded);
    }
    way_->nodes.emplace_back(attribute(attributes, "ref"));
  } else if (element == "tag") {
    way_->tags.emplace(attribute(attributes, "k"), attribute(attributes, "v"));
  }
}

void Reader::end(std::string_view element) {
  if (error || element != "way" || !way_) return;
  if (ways_.size() >= roads_max) return wrong("more than 500,000 ways", ErrorCode::limit_exceeded);
  ways_.push_back(*std::exchange(way_, std::nullopt));
}

Result<std::optional<Line>> Reader::line_of(const Way& way) const {
  const auto wrong = [&](const std::string& what) {
    return fail(ErrorCode::invalid_input,
                "line " + std::to_string(way.line) + ": way " + way.id + ": " + what);
  };
  const ClassWord* found = nullptr;
  for (const auto& one : class_words) {
    if (one.word == way.tag("highway")) found = &one;
  }
  if (found == nullptr) return std::nullopt;
  const auto banned = [&](const char* key) { return way.tag(key) == "no"; };
  if (banned("motor_vehicle") || banned("vehicle") || way.tag("area") == "yes") return std::nullopt;
  if (banned("access") && way.tag("motor_vehicle") != "yes") return std::nullopt;
  Line line{.id = way.id, .name = std::string(way.tag("name")), .road_class = found->road_class};
  if (line.name.empty()) line.name = way.tag("ref");
  line.speed_kmh = usual_speed_kmh(line.road_class);
  if (const auto said = speed_kmh(way.tag("maxspeed"))) {
    if (!(*said >= speed_kmh_min && *said <= speed_kmh_max))
      return wrong("maxspeed is out of range");
    line.speed_kmh = *said;
  }
  const auto one_way = way.tag("oneway");
  line.one_way = one_way == "yes" || one_way == "true" || one_way == "1" || one_way == "-1" ||
                 one_way == "reverse" ||
                 (one_way.empty() &&
                  (way.tag("junction") == "roundabout" || way.tag("highway") == "motorway"));
  for (const auto& node : way.nodes) {
    const auto at = nodes_.find(node);
    if (at == nodes_.end()) return wrong("a node of it is not in the file");
    line.points.push_back({node, at->second});
  }
  if (one_way == "-1" || one_way == "reverse") std::reverse(line.points.begin(), line.points.end());
  return line;
}

Result<Network> Reader::finish() {
  std::vector<Line> lines;
  for (const auto& way : ways_) {
    REGMARK_ASSIGN(auto line, line_of(way));
    if (line) lines.push_back(*std::move(line));
  }
  return Network::of_lines(lines);
}

}  // namespace

Result<Network> read_osm(std::string_view text) {
  if (text.size() > network_file_size_max) {
    return fail(ErrorCode::limit_exceeded, "a road network has at most 256 MiB");
  }
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), XML_ParserFree);
  if (!parser) return fail(ErrorCode::unavailable, "no memory to read XML");
  Reader reader(parser.get());
  XML_SetUserData(parser.get(), &reader);
  XML_SetElementHandler(
      parser.get(),
      [](void* user, const char* element, const char** attributes) {
        static_cast<Reader*>(user)->start(element, attributes);
      },
      [](void* user, const char* element) { static_cast<Reader*>(user)->end(element); });
  XML_SetStartDoctypeDeclHandler(parser.get(),
                                 [](void* user, const char*, const char*, const char*, int) {
                                   static_cast<Reader*>(user)->refuse_document_type();
                                 });
  const auto status =
      XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), /*isFinal=*/1);
  if (reader.error) return tl::unexpected<Error>(*reader.error);
  if (status != XML_STATUS_OK) {
    return fail(ErrorCode::invalid_input,
                "line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) +
                    ": no XML: " + XML_ErrorString(XML_GetErrorCode(parser.get())));
  }
  return reader.finish();
}

}  // namespace regmark::planning
