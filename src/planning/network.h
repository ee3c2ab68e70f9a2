// A road network: junctions, and the roads between them with length, class and speed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/geography.h"
#include "base/result.h"

namespace regmark::planning {

// A large county has some 200,000 junctions; what is larger is planned in parts.
inline constexpr std::size_t points_max = 2'000'000;
inline constexpr std::size_t roads_max = 500'000;
inline constexpr std::size_t network_id_size_max = 64;
inline constexpr std::size_t network_name_size_max = 200;
inline constexpr double speed_kmh_min = 1;
inline constexpr double speed_kmh_max = 200;

enum class RoadClass : std::uint8_t { motorway, trunk, primary, secondary, tertiary, local };
inline constexpr RoadClass all_road_classes[] = {RoadClass::motorway, RoadClass::trunk,
                                                 RoadClass::primary,  RoadClass::secondary,
                                                 RoadClass::tertiary, RoadClass::local};
std::string_view name(RoadClass road_class);
std::optional<RoadClass> road_class_of(std::string_view word);
// Where a file says none: what is usual in Great Britain, in km/h.
double usual_speed_kmh(RoadClass road_class);

using Node = std::uint32_t;
using RoadNumber = std::uint32_t;
// A road in one direction: twice its number, and one more against the way it is drawn.
using Arc = std::uint32_t;
inline constexpr Arc arc_of(RoadNumber road, bool against) {
  return road * 2 + (against ? 1U : 0U);
}
inline constexpr RoadNumber road_of(Arc arc) {
  return arc / 2;
}
inline constexpr bool against(Arc arc) {
  return arc % 2 == 1;
}

// A line as a file draws it. Lines meet where they share a point, by its id.
struct LinePoint {
  std::string id{};
  base::Position position{};
  bool junction = false;  // whether or not another line meets it there
};
struct Line {
  std::string id{};    // unique, 1 to network_id_size_max bytes
  std::string name{};  // may be empty
  RoadClass road_class = RoadClass::local;
  double speed_kmh = 48;
  bool one_way = false;  // the way it is drawn
  std::vector<LinePoint> points{};
};

struct Junction {
  std::string id{};
  base::Position position{};
};

// From one junction to the next. A line that was cut gives "id/1", "id/2", ...
struct Road {
  std::string id{};
  std::string name{};
  Node from = 0;
  Node to = 0;
  RoadClass road_class = RoadClass::local;
  double speed_kmh = 0;
  double length_m = 0;
  bool one_way = false;
  std::vector<base::Position> shape{};  // both ends included

  double seconds() const { return length_m / (speed_kmh / 3.6); }
  base::Position middle() const;  // on the road, half its length from either end
};

// Immutable. May be read from many threads at once.
class Network {
 public:
  // Cuts lines where they meet. Fails with, in this order:
  //   limit_exceeded   more than points_max or roads_max
  //   invalid_input    an id that stands twice or is too long, a speed out of range, or a line with
  //                    fewer than two points (the message names the line); no line at all
  static Result<Network> of_lines(const std::vector<Line>& lines);

  const std::vector<Junction>& junctions() const { return junctions_; }
  const std::vector<Road>& roads() const { return roads_; }
  std::optional<Node> junction(std::string_view id) const;
  std::optional<RoadNumber> road(std::string_view id) const;

  // The arcs that leave a junction, or come to it.
  std::span<const Arc> out_of(Node node) const { return of(out_, out_start_, node); }
  std::span<const Arc> into(Node node) const { return of(in_, in_start_, node); }
  Node tail(Arc arc) const {
    return against(arc) ? roads_[road_of(arc)].to : roads_[road_of(arc)].from;
  }
  Node head(Arc arc) const {
    return against(arc) ? roads_[road_of(arc)].from : roads_[road_of(arc)].to;
  }

  // Junctions that no road joins to the rest, whatever its direction: each with its island's
  // number, the largest island 0.
  std::span<const std::uint32_t> island_of() const { return island_of_; }
  std::span<const std::uint32_t> island_sizes() const { return island_sizes_; }

  // What lies next to a place and no further than so many metres away.
  std::optional<Node> nearest_junction(const base::Position& place, double within_m) const;
  std::optional<RoadNumber> nearest_road(const base::Position& place, double within_m) const;

 private:
  static std::span<const Arc> of(const std::vector<Arc>& arcs,
                                 const std::vector<std::uint32_t>& start, Node node) {
    return {arcs.data() + start[node], arcs.data() + start[node + 1]};
  }
  void index();
  void find_islands();
  std::vector<Junction> junctions_;
  std::vector<Road> roads_;
  std::unordered_map<std::string, Node> junction_by_id_;
  std::unordered_map<std::string, RoadNumber> road_by_id_;
  std::vector<Arc> out_, in_;
  std::vector<std::uint32_t> out_start_, in_start_;
  std::vector<std::uint32_t> island_of_, island_sizes_;
};

}  // namespace regmark::planning
