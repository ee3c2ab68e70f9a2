#include "planning/royston.h"

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

}  // namespace

Unavoidable unavoidable_trips(const Network& network, const TripPlace& place,
                              const std::vector<bool>& watched) {
  const std::vector<bool> nobody(watched.size(), false);
  Unavoidable found;
  for (const auto& gateway : place.gateways) {
    for (const auto direction : {Direction::leaving, Direction::coming}) {
      const auto possible = reach(network, gateway.node, nobody, direction);
      const auto unseen = reach(network, gateway.node, watched, direction);
      for (const auto& inside : place.inside) {
        if (!possible[inside.node] || inside.node == gateway.node) continue;
        const double weight = inside.weight * gateway.weight;
        found.trips += weight;
        if (!unseen[inside.node]) found.unavoidable += weight;
      }
    }
  }
  return found;
}

}  // namespace regmark::planning
