// The ways that a trip may take, and how many cameras they pass.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "planning/network.h"

namespace regmark::planning {

// How many cameras see each arc of the network.
using Watch = std::vector<std::uint16_t>;
using Way = std::vector<Arc>;

// All ways from some junctions to others that take no longer than a limit: a part of the network of
// its own. Whether one of them passes too few cameras is found without listing them, of which there
// are too many: the fastest way with at most c cameras is a shortest way over (junction, c).
class TripGraph {
 public:
  // `seconds` of each road. The ways up to (1 + slack) times the fastest's time; without slack
  // every way. The two ends share no junction.
  static TripGraph between(const Network& network, std::span<const double> seconds,
                           std::span<const Node> from, std::span<const Node> to,
                           std::optional<double> slack);
  // One way only.
  static TripGraph along(const Network& network, std::span<const double> seconds, const Way& way);

  bool possible() const { return !fastest_.empty(); }
  const Way& fastest() const { return fastest_; }
  double fastest_seconds() const { return fastest_seconds_; }
  // Every arc that one of the ways may use.
  std::span<const Arc> arcs() const { return arcs_; }

  // The fastest way that passes fewer than `least` cameras; nothing when each passes as many.
  std::optional<Way> way_with_fewer(const Watch& watch, unsigned least) const;
  // The fewest cameras on any way, or `most` when each passes as many or more.
  unsigned fewest_cameras(const Watch& watch, unsigned most) const;

 private:
  void keep(const Network& network, std::span<const double> seconds, std::vector<Arc> arcs,
            std::span<const Node> from, std::span<const Node> to);
  // Junctions are numbered anew, so that a short trip in a large network stays small.
  std::vector<Arc> arcs_;             // sorted by the junction they leave
  std::vector<std::uint32_t> heads_;  // of each of them
  std::vector<double> arc_seconds_;
  std::vector<std::uint32_t> start_;  // of each junction's arcs
  std::vector<std::uint32_t> from_;
  std::vector<bool> is_end_;
  double seconds_most_ = 0;
  Way fastest_;
  double fastest_seconds_ = 0;
};

}  // namespace regmark::planning
