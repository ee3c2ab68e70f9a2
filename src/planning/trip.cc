#include "planning/trip.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <unordered_map>

namespace regmark::planning {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();
// Two ways of the same time are the same to a millionth, whatever the order of addition.
constexpr double rounding = 1e-6;

enum class Direction { forward, backward };

// Up to when a trip may last: so much, or, once the fastest is known, a part more than that.
struct Limit {
  double seconds = never;
  std::optional<double> slack{};

  void reached(double fastest) {
    if (slack) seconds = std::min(seconds, fastest * (1 + *slack) * (1 + rounding) + rounding);
  }
};

// Seconds from (or, backward, to) the nearest of some junctions, as far as the limit matters. No
// way leads on from a `wall`.
std::vector<double> spread(const Network& network, std::span<const double> seconds,
                           std::span<const Node> start, const std::vector<bool>& wall,
                           Direction direction, Limit& limit) {
  std::vector<double> times(network.junctions().size(), never);
  using Entry = std::pair<double, Node>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (const Node node : start) {
    times[node] = 0;
    queue.emplace(0, node);
  }
  const bool forward = direction == Direction::forward;
  while (!queue.empty() && queue.top().first <= limit.seconds) {
    const auto [time, node] = queue.top();
    queue.pop();
    if (time > times[node]) continue;
    if (wall[node]) {
      limit.reached(time);
      continue;
    }
    for (const Arc arc : forward ? network.out_of(node) : network.into(node)) {
      const Node next = forward ? network.head(arc) : network.tail(arc);
      const double then = time + seconds[road_of(arc)];
      if (then >= times[next]) continue;
      times[next] = then;
      queue.emplace(then, next);
    }
  }
  return times;
}

std::vector<bool> marked(std::size_t size, std::span<const Node> nodes) {
  std::vector<bool> marks(size, false);
  for (const Node node : nodes) marks[node] = true;
  return marks;
}

}  // namespace

TripGraph TripGraph::between(const Network& network, std::span<const double> seconds,
                             std::span<const Node> from, std::span<const Node> to,
                             std::optional<double> slack) {
  const auto size = network.junctions().size();
  const auto start = marked(size, from);
  const auto end = marked(size, to);
  // A trip is over where it first ends, and begins where it last begins.
  Limit limit{.seconds = never, .slack = slack};
  const auto since = spread(network, seconds, from, end, Direction::forward, limit);
  const auto left = spread(network, seconds, to, start, Direction::backward, limit);
  TripGraph made;
  if (std::ranges::none_of(to, [&](Node node) { return since[node] < never; })) return made;
  made.seconds_most_ = limit.seconds;
  std::vector<Arc> arcs;
  for (Node node = 0; node < size; ++node) {
    if (since[node] == never || end[node]) continue;
    for (const Arc arc : network.out_of(node)) {
      const Node next = network.head(arc);
      if (start[next] || left[next] == never) continue;
      if (since[node] + seconds[road_of(arc)] + left[next] > made.seconds_most_) continue;
      arcs.push_back(arc);
    }
  }
  made.keep(network, seconds, std::move(arcs), from, to);
  return made;
}

TripGraph TripGraph::along(const Network& network, std::span<const double> seconds,
                           const Way& way) {
  TripGraph made;
  made.seconds_most_ = never;
  auto arcs = way;
  std::ranges::stable_sort(arcs, {}, [&](Arc arc) { return network.tail(arc); });
  const Node from[] = {network.tail(way.front())};
  const Node to[] = {network.head(way.back())};
  made.keep(network, seconds, std::move(arcs), from, to);
  return made;
}

void TripGraph::keep(const Network& network, std::span<const double> seconds, std::vector<Arc> arcs,
                     std::span<const Node> from, std::span<const Node> to) {
  std::unordered_map<Node, std::uint32_t> numbers;
  std::vector<Node> nodes;
  const auto number = [&](Node node) {
    const auto [at, is_new] = numbers.emplace(node, static_cast<std::uint32_t>(nodes.size()));
    if (is_new) nodes.push_back(node);
    return at->second;
  };
  // Junctions with arcs first and in the arcs' order, so that start_ is a running sum.
  for (const Arc arc : arcs) number(network.tail(arc));
  for (const Arc arc : arcs) heads_.push_back(number(network.head(arc)));
  start_.assign(nodes.size() + 1, 0);
  for (const Arc arc : arcs) {
    ++start_[numbers.at(network.tail(arc)) + 1];
    arc_seconds_.push_back(seconds[road_of(arc)]);
  }
  for (std::size_t i = 1; i < start_.size(); ++i) start_[i] += start_[i - 1];
  arcs_ = std::move(arcs);
  is_end_.assign(nodes.size(), false);
  for (const Node node : to) {
    if (const auto at = numbers.find(node); at != numbers.end()) is_end_[at->second] = true;
  }
  for (const Node node : from) {
    if (const auto at = numbers.find(node); at != numbers.end()) from_.push_back(at->second);
  }
  const Watch nobody(2 * network.roads().size(), 0);
  if (auto way = way_with_fewer(nobody, 1)) {
    fastest_ = *std::move(way);
    for (const Arc arc : fastest_) fastest_seconds_ += seconds[road_of(arc)];
  }
}

std::optional<Way> TripGraph::way_with_fewer(const Watch& watch, unsigned least) const {
  // No road leads there: there is no way at all.
  if (least == 0 || start_.empty()) return std::nullopt;
  const auto junctions = start_.size() - 1;
  struct Label {
    double seconds = never;
    std::uint32_t before = 0;  // the label it came from
    std::uint32_t arc = 0;
  };
  // One for each junction and number of cameras passed.
  std::vector<Label> labels(junctions * least);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  const auto offer = [&](std::size_t junction, unsigned cameras, const Label& label) {
    // With no more cameras somebody was here as soon.
    for (unsigned fewer = 0; fewer <= cameras; ++fewer) {
      if (labels[junction * least + fewer].seconds <= label.seconds) return;
    }
    const auto at = static_cast<std::uint32_t>(junction * least + cameras);
    labels[at] = label;
    queue.emplace(label.seconds, at);
  };
  for (const auto junction : from_) offer(junction, 0, {0, none, 0});
  while (!queue.empty()) {
    const auto [seconds, at] = queue.top();
    queue.pop();
    if (seconds > labels[at].seconds) continue;
    const auto junction = at / least;
    if (is_end_[junction]) {
      Way way;
      for (auto label = at; labels[label].before != none; label = labels[label].before) {
        way.push_back(arcs_[labels[label].arc]);
      }
      std::ranges::reverse(way);
      return way;
    }
    for (auto i = start_[junction]; i < start_[junction + 1]; ++i) {
      const unsigned cameras = at % least + watch[arcs_[i]];
      const double then = seconds + arc_seconds_[i];
      if (cameras >= least || then > seconds_most_) continue;
      offer(heads_[i], cameras, {then, at, i});
    }
  }
  return std::nullopt;
}

unsigned TripGraph::fewest_cameras(const Watch& watch, unsigned most) const {
  const auto way = way_with_fewer(watch, most);
  if (!way) return most;
  // The fastest such way need not be the least watched one.
  unsigned cameras = 0;
  for (const Arc arc : *way) cameras += watch[arc];
  return cameras == 0 ? 0 : fewest_cameras(watch, cameras);
}

}  // namespace regmark::planning
