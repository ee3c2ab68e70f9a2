#include "planning/royston.h"

#include <algorithm>

namespace regmark::planning {
namespace {

enum class Direction { leaving, coming };

// What can be reached from a gateway (leaving: what can reach it) over arcs that are not watched.
std::vector<bool> reach(const Network& network, Node gateway, const std::vector<bool>& watched,
                        Direction direction) {
  std::vector<bool> seen(network.junctions().size(), false);
  std::vector<Node> waiting{gateway};
  seen[gateway] = true;
  while (!waiting.empty()) {
    const Node node = waiting.back();
    waiting.pop_back();
    const bool coming = direction == Direction::coming;
    for (const Arc arc : coming ? network.out_of(node) : network.into(node)) {
      const Node next = coming ? network.head(arc) : network.tail(arc);
      if (seen[next] || watched[arc]) continue;
      seen[next] = true;
      waiting.push_back(next);
    }
  }
  return seen;
}

// One-way roads can leave each gateway for itself: a few floods of a large map are kept, not all.
constexpr std::size_t known_max = 16;

// Both ways of what lies around a gateway over arcs that are not watched.
struct Around {
  std::vector<bool> coming, leaving;
};

// Most gateways of a place can reach each other, and what can reach each other reaches the same: so
// few floods do for many gateways.
class Floods {
 public:
  Floods(const Network& network, const std::vector<bool>& watched)
      : network_(network), watched_(watched) {}

  const Around& around(Node gateway) {
    const auto known = std::ranges::find_if(
        known_, [&](const Around& one) { return one.coming[gateway] && one.leaving[gateway]; });
    if (known != known_.end()) return *known;
    if (known_.size() == known_max) known_.erase(known_.begin());
    known_.push_back({reach(network_, gateway, watched_, Direction::coming),
                      reach(network_, gateway, watched_, Direction::leaving)});
    return known_.back();
  }

 private:
  const Network& network_;
  const std::vector<bool>& watched_;
  std::vector<Around> known_{};
};

}  // namespace

Unavoidable unavoidable_trips(const Network& network, const TripPlace& place,
                              const std::vector<bool>& watched) {
  const std::vector<bool> nobody(watched.size(), false);
  Floods all(network, nobody), unwatched(network, watched);
  Unavoidable found;
  for (const auto& gateway : place.gateways) {
    const auto& possible = all.around(gateway.node);
    const auto& unseen = unwatched.around(gateway.node);
    for (const auto way : {&Around::leaving, &Around::coming}) {
      for (const auto& inside : place.inside) {
        if (!(possible.*way)[inside.node] || inside.node == gateway.node) continue;
        const double weight = inside.weight * gateway.weight;
        found.trips += weight;
        if (!(unseen.*way)[inside.node]) found.unavoidable += weight;
      }
    }
  }
  return found;
}

}  // namespace regmark::planning
