#include "planning/network.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

namespace regmark::planning {
namespace {

constexpr std::pair<RoadClass, std::string_view> class_words[] = {
    {RoadClass::motorway, "motorway"}, {RoadClass::trunk, "trunk"},
    {RoadClass::primary, "primary"},   {RoadClass::secondary, "secondary"},
    {RoadClass::tertiary, "tertiary"}, {RoadClass::local, "local"}};

constexpr double metres_per_degree = 6'371'008.8 * std::numbers::pi / 180;

// Metres east and north of an origin: flat, which is right to 0.1 % over some ten kilometres.
struct Flat {
  double east = 0;
  double north = 0;
};

Flat flat(const base::Position& origin, const base::Position& place) {
  const double shrink = std::cos(origin.latitude * std::numbers::pi / 180);
  return {(place.longitude - origin.longitude) * metres_per_degree * shrink,
          (place.latitude - origin.latitude) * metres_per_degree};
}

// From the origin to the segment a b.
double distance_to(const Flat& a, const Flat& b) {
  const double east = b.east - a.east;
  const double north = b.north - a.north;
  const double square = east * east + north * north;
  const double along =
      square > 0 ? std::clamp(-(a.east * east + a.north * north) / square, 0.0, 1.0) : 0;
  return std::hypot(a.east + along * east, a.north + along * north);
}

Result<void> check(const Line& line) {
  const auto wrong = [&](const std::string& what) {
    return fail(ErrorCode::invalid_input, "road \"" + line.id + "\": " + what);
  };
  if (line.id.empty() || line.id.size() > network_id_size_max) {
    return fail(ErrorCode::invalid_input, "a road's id has 1 to 64 bytes");
  }
  if (line.name.size() > network_name_size_max) return wrong("its name is longer than 200 bytes");
  if (!(line.speed_kmh >= speed_kmh_min && line.speed_kmh <= speed_kmh_max)) {
    return wrong("its speed must be 1 to 200 km/h");
  }
  const auto moves = [](const LinePoint& a, const LinePoint& b) { return a.id != b.id; };
  if (std::ranges::adjacent_find(line.points, moves) == line.points.end()) {
    return wrong("it needs two points that differ");
  }
  return {};
}

std::uint32_t root(std::vector<std::uint32_t>& parents, std::uint32_t node) {
  while (parents[node] != node) {
    parents[node] = parents[parents[node]];
    node = parents[node];
  }
  return node;
}

// In how many places of the lines a point stands; the ends of a line count twice, and so does what
// is a junction by itself.
Result<std::unordered_map<std::string, std::uint32_t>> count_uses(const std::vector<Line>& lines) {
  std::unordered_map<std::string, std::uint32_t> uses;
  std::size_t points = 0;
  for (const auto& line : lines) {
    points += line.points.size();
    if (points > points_max) {
      return fail(ErrorCode::limit_exceeded, "a network has at most 2,000,000 points");
    }
    for (const auto& point : line.points) uses[point.id] += point.junction ? 2 : 1;
    if (line.points.empty()) continue;
    ++uses[line.points.front().id];
    ++uses[line.points.back().id];
  }
  return uses;
}

// The stretches of a line between its junctions, as first and last index.
std::vector<std::pair<std::size_t, std::size_t>> cut(
    const Line& line, const std::unordered_map<std::string, std::uint32_t>& uses) {
  std::vector<std::pair<std::size_t, std::size_t>> stretches;
  std::size_t first = 0;
  for (std::size_t i = 1; i < line.points.size(); ++i) {
    if (uses.at(line.points[i].id) < 2) continue;
    // A stretch that does not move is a point drawn twice.
    if (i > first + 1 || line.points[i].id != line.points[first].id)
      stretches.emplace_back(first, i);
    first = i;
  }
  return stretches;
}

}  // namespace

std::string_view name(RoadClass road_class) {
  return class_words[static_cast<std::size_t>(road_class)].second;
}

std::optional<RoadClass> road_class_of(std::string_view word) {
  for (const auto& [road_class, text] : class_words) {
    if (text == word) return road_class;
  }
  return std::nullopt;
}

double usual_speed_kmh(RoadClass road_class) {
  switch (road_class) {
    case RoadClass::motorway:
      return 112;  // 70 mph
    case RoadClass::trunk:
      return 96;  // 60 mph
    case RoadClass::primary:
    case RoadClass::secondary:
      return 64;  // 40 mph
    case RoadClass::tertiary:
    case RoadClass::local:
      return 48;  // 30 mph
  }
  return 48;
}

base::Position Road::middle() const {
  double left = length_m / 2;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    const double step = base::distance_m(shape[i - 1], shape[i]);
    if (step >= left && step > 0) {
      const double part = left / step;
      return {shape[i - 1].latitude + part * (shape[i].latitude - shape[i - 1].latitude),
              shape[i - 1].longitude + part * (shape[i].longitude - shape[i - 1].longitude)};
    }
    left -= step;
  }
  return shape.back();
}

Result<Network> Network::of_lines(const std::vector<Line>& lines) {
  REGMARK_ASSIGN(const auto uses, count_uses(lines));
  Network made;
  const auto junction = [&](const LinePoint& point) {
    const auto [at, is_new] =
        made.junction_by_id_.emplace(point.id, static_cast<Node>(made.junctions_.size()));
    if (is_new) made.junctions_.push_back({point.id, point.position});
    return at->second;
  };
  for (const auto& line : lines) {
    REGMARK_TRY(check(line));
    const auto stretches = cut(line, uses);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      const auto [first, last] = stretches[i];
      Road road{.id = stretches.size() == 1 ? line.id : line.id + "/" + std::to_string(i + 1),
                .name = line.name,
                .from = junction(line.points[first]),
                .to = junction(line.points[last]),
                .road_class = line.road_class,
                .speed_kmh = line.speed_kmh,
                .one_way = line.one_way,
                .shape = {line.points[first].position}};
      for (std::size_t at = first + 1; at <= last; ++at) {
        road.length_m += base::distance_m(road.shape.back(), line.points[at].position);
        road.shape.push_back(line.points[at].position);
      }
      if (made.roads_.size() >= roads_max) {
        return fail(ErrorCode::limit_exceeded, "a network has at most 500,000 roads");
      }
      const auto number = static_cast<RoadNumber>(made.roads_.size());
      if (!made.road_by_id_.emplace(road.id, number).second) {
        return fail(ErrorCode::invalid_input, "road \"" + road.id + "\": the id stands twice");
      }
      made.roads_.push_back(std::move(road));
    }
  }
  if (made.roads_.empty()) return fail(ErrorCode::invalid_input, "the network has no road");
  made.index();
  made.find_islands();
  return made;
}

void Network::index() {
  const auto fill = [&](std::vector<Arc>& arcs, std::vector<std::uint32_t>& start, auto&& end_of) {
    start.assign(junctions_.size() + 1, 0);
    const auto each = [&](auto&& work) {
      for (RoadNumber road = 0; road < roads_.size(); ++road) {
        work(arc_of(road, false));
        if (!roads_[road].one_way) work(arc_of(road, true));
      }
    };
    each([&](Arc arc) { ++start[end_of(arc) + 1]; });
    std::partial_sum(start.begin(), start.end(), start.begin());
    arcs.resize(start.back());
    auto next = start;
    each([&](Arc arc) { arcs[next[end_of(arc)]++] = arc; });
  };
  fill(out_, out_start_, [&](Arc arc) { return tail(arc); });
  fill(in_, in_start_, [&](Arc arc) { return head(arc); });
}

void Network::find_islands() {
  std::vector<std::uint32_t> parents(junctions_.size());
  std::iota(parents.begin(), parents.end(), 0U);
  for (const auto& road : roads_) parents[root(parents, road.from)] = root(parents, road.to);
  std::vector<std::uint32_t> sizes(junctions_.size(), 0);
  for (Node node = 0; node < parents.size(); ++node) ++sizes[root(parents, node)];
  std::vector<std::uint32_t> roots;
  for (Node node = 0; node < parents.size(); ++node) {
    if (sizes[node] > 0) roots.push_back(node);
  }
  std::ranges::stable_sort(roots, [&](auto a, auto b) { return sizes[a] > sizes[b]; });
  std::vector<std::uint32_t> number(junctions_.size(), 0);
  for (std::uint32_t i = 0; i < roots.size(); ++i) {
    number[roots[i]] = i;
    island_sizes_.push_back(sizes[roots[i]]);
  }
  island_of_.resize(junctions_.size());
  for (Node node = 0; node < parents.size(); ++node) {
    island_of_[node] = number[root(parents, node)];
  }
}

std::optional<Node> Network::junction(std::string_view id) const {
  const auto at = junction_by_id_.find(std::string(id));
  return at == junction_by_id_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<RoadNumber> Network::road(std::string_view id) const {
  const auto at = road_by_id_.find(std::string(id));
  return at == road_by_id_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<Node> Network::nearest_junction(const base::Position& place, double within_m) const {
  std::optional<Node> best;
  double least = within_m;
  for (Node node = 0; node < junctions_.size(); ++node) {
    const auto at = flat(place, junctions_[node].position);
    const double distance = std::hypot(at.east, at.north);
    if (distance > least) continue;
    least = distance;
    best = node;
  }
  return best;
}

std::optional<RoadNumber> Network::nearest_road(const base::Position& place,
                                                double within_m) const {
  std::optional<RoadNumber> best;
  double least = within_m;
  for (RoadNumber number = 0; number < roads_.size(); ++number) {
    const auto& shape = roads_[number].shape;
    for (std::size_t i = 1; i < shape.size(); ++i) {
      const double distance = distance_to(flat(place, shape[i - 1]), flat(place, shape[i]));
      if (distance > least) continue;
      least = distance;
      best = number;
    }
  }
  return best;
}

}  // namespace regmark::planning
