// Which sites to open so that every demand is met, exactly.
//
// A demand has more ways than can be listed. So rows are made as they are needed: solve with those
// there are, look in every trip for a way that passes too few cameras, add its row, solve again.
// What is solved has a part of the rows, so its bound holds for all; and when no such way is left,
// the choice meets them all.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "base/result.h"
#include "planning/problem.h"
#include "planning/program.h"

namespace regmark::planning {

using Costs = std::vector<std::int64_t>;  // of each site
using Choice = std::vector<bool>;         // which sites are open

// At most so much of a cost in all.
struct Cap {
  Costs costs{};
  std::int64_t most = 0;
};

struct Question {
  std::vector<Costs> objectives{};  // the first counts most
  std::vector<Fixed> fixed{};       // of each site
  std::vector<unsigned> least{};    // of each demand; 0: it need not be met
  std::vector<Cap> caps{};
};

// What one objective came to. The value is the best there is when it equals the bound, which lies
// below what is made least and above what is made most.
struct Stage {
  std::int64_t value = 0;
  std::int64_t bound = 0;
  bool proved() const { return value == bound; }
  // Of a choice that was found since: nothing costs less than what was proved.
  void set_value(std::int64_t now) {
    value = now;
    bound = std::min(bound, now);
  }
};

struct Selection {
  Choice open{};
  std::vector<Stage> stages{};  // of each objective
  // Of choose_within: which demands are met.
  std::vector<bool> met{};
};

class Cover {
 public:
  // `network` and `problem` outlive it.
  Cover(const Network& network, const Problem& problem, std::span<const double> seconds);

  // The fewest cameras on any way of a demand, or `most`.
  unsigned fewest_cameras(std::size_t demand, const Watch& watch, unsigned most) const;
  Watch watch(const Choice& open) const { return watch_of(network_, problem_.sites, open); }
  // Whether each demand has its `least` with these sites open.
  bool meets(const Choice& open, const std::vector<unsigned>& least) const;
  const std::vector<TripGraph>& trips(std::size_t demand) const { return trips_[demand]; }

  // The cheapest choice that meets the demands: nothing when the caps allow none. With all sites
  // that are not shut open, every demand must be met. Fails with
  //   unavailable   the deadline came before any choice was found
  Result<std::optional<Selection>> cheapest(const Question& question, Instant deadline);
  // Within the caps, the choice that meets the most weight of demands, and then the cheapest such.
  Result<Selection> choose_within(const Question& question, const Costs& weights, Instant deadline);

  std::size_t rows() const { return known_.size(); }

 private:
  struct KnownWay {
    std::size_t demand;
    std::vector<std::uint32_t> sites;
    friend auto operator<=>(const KnownWay&, const KnownWay&) = default;
  };
  enum class Found : std::uint8_t { none, some };
  // The demands may be given up, each at the price of its weight: then a choice has a place for
  // each of them behind the sites.
  enum class Demands : std::uint8_t { must_be_met, may_be_given_up };

  std::vector<std::uint32_t> sites_on(const Way& way) const;
  Found add_ways(const Choice& open, const std::vector<unsigned>& least);
  Choice greedy(const Question& question, const Costs& costs, Choice open) const;
  // Empty: the deadline came first.
  Choice complete(const Question& question, const Costs& costs, Choice open, Instant deadline);
  // As far as there is time.
  void trim(const Question& question, const Costs& costs, const std::vector<unsigned>& least,
            Choice& open, Instant deadline) const;
  Program program(const Question& question, const Costs& costs, const std::vector<Cap>& caps,
                  Demands demands) const;
  Result<std::optional<Solved>> stage(const Question& question, const Costs& costs,
                                      const std::vector<Cap>& caps, Choice best, Demands demands,
                                      Instant deadline);

  const Network& network_;
  const Problem& problem_;
  std::vector<std::vector<TripGraph>> trips_;  // of each demand
  std::map<Arc, std::vector<std::uint32_t>> sites_by_arc_;
  std::set<KnownWay> known_;
};

}  // namespace regmark::planning
