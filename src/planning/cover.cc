#include "planning/cover.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/check.h"

namespace regmark::planning {
namespace {

// More ways of a trip at once mean fewer times to solve; those behind the first few say little.
constexpr int ways_at_once = 8;
// However little time there is, a first plan may take so long.
constexpr std::chrono::seconds first_plan_time{5};

std::int64_t sum(const Costs& costs, const Choice& open) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < costs.size(); ++i) total += open[i] ? costs[i] : 0;
  return total;
}

std::int64_t lowest(const Costs& costs) {
  std::int64_t total = 0;
  for (const auto cost : costs) total += std::min<std::int64_t>(cost, 0);
  return total;
}

bool is_past(Instant deadline) {
  return std::chrono::steady_clock::now() >= deadline;
}

bool within(const std::vector<Cap>& caps, const Choice& open) {
  return std::ranges::all_of(caps,
                             [&](const Cap& cap) { return sum(cap.costs, open) <= cap.most; });
}

Row row_of(const Cap& cap) {
  Row row{.terms = {}, .least = -cap.most};
  for (std::uint32_t i = 0; i < cap.costs.size(); ++i) {
    if (cap.costs[i] != 0) row.terms.push_back({i, -cap.costs[i]});
  }
  return row;
}

// What a choice wants of each demand.
std::vector<unsigned> wanted(const Question& question, const Choice& chosen) {
  auto least = question.least;
  const auto sites = question.fixed.size();
  if (chosen.size() == sites) return least;
  for (std::size_t demand = 0; demand < least.size(); ++demand) {
    if (!chosen[sites + demand]) least[demand] = 0;
  }
  return least;
}

}  // namespace

Cover::Cover(const Network& network, const Problem& problem, std::span<const double> seconds)
    : network_(network), problem_(problem) {
  for (const auto& demand : problem.demands) {
    trips_.push_back(trips_of(network, seconds, demand));
  }
  for (std::uint32_t site = 0; site < problem.sites.size(); ++site) {
    for (const Arc arc : seen_by(network, problem.sites[site])) sites_by_arc_[arc].push_back(site);
  }
}

unsigned Cover::fewest_cameras(std::size_t demand, const Watch& watch, unsigned most) const {
  unsigned fewest = most;
  for (const auto& trip : trips_[demand]) {
    if (trip.possible()) fewest = std::min(fewest, trip.fewest_cameras(watch, most));
  }
  return fewest;
}

bool Cover::meets(const Choice& open, const std::vector<unsigned>& least) const {
  const auto seen = watch(open);
  for (std::size_t demand = 0; demand < trips_.size(); ++demand) {
    for (const auto& trip : trips_[demand]) {
      if (trip.way_with_fewer(seen, least[demand])) return false;
    }
  }
  return true;
}

std::vector<std::uint32_t> Cover::sites_on(const Way& way) const {
  std::vector<std::uint32_t> sites;
  for (const Arc arc : way) {
    const auto at = sites_by_arc_.find(arc);
    if (at != sites_by_arc_.end()) sites.insert(sites.end(), at->second.begin(), at->second.end());
  }
  std::ranges::sort(sites);
  return sites;
}

Cover::Found Cover::add_ways(const Choice& open, const std::vector<unsigned>& least) {
  const auto seen = watch(open);
  const auto known_before = known_.size();
  auto found = Found::none;
  for (std::size_t demand = 0; demand < trips_.size(); ++demand) {
    for (const auto& trip : trips_[demand]) {
      Watch seen_so_far;
      for (int count = 0; count < ways_at_once; ++count) {
        const auto way = trip.way_with_fewer(count == 0 ? seen : seen_so_far, least[demand]);
        if (!way) break;
        // There and back may pass the same sites.
        known_.insert({demand, sites_on(*way)});
        found = Found::some;
        // The next one shall share no site with it.
        if (count == 0) seen_so_far = seen;
        bool watchable = false;
        for (const Arc arc : *way) {
          if (!sites_by_arc_.contains(arc)) continue;
          watchable = true;
          seen_so_far[arc] = static_cast<std::uint16_t>(seen_so_far[arc] + least[demand]);
        }
        if (!watchable) break;
      }
    }
  }
  // What was known is met, so what is not met is new; or there would be no end.
  REGMARK_CHECK(found == Found::none || known_.size() > known_before);
  return found;
}

// Opens what serves the most ways for its cost, until each way that is known has enough.
Choice Cover::greedy(const Question& question, const Costs& costs, Choice open) const {
  std::vector<std::pair<const KnownWay*, std::int64_t>> lacking;
  for (const auto& way : known_) {
    std::int64_t lacks = question.least[way.demand];
    for (const auto site : way.sites) lacks -= open[site] ? 1 : 0;
    if (lacks > 0) lacking.emplace_back(&way, lacks);
  }
  while (!lacking.empty()) {
    std::vector<std::int64_t> gain(open.size(), 0);
    for (const auto& [way, lacks] : lacking) {
      for (const auto site : way->sites) {
        if (!open[site] && question.fixed[site] == Fixed::no) ++gain[site];
      }
    }
    std::size_t best = 0;
    double most = -1;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (gain[i] == 0) continue;
      const double worth = static_cast<double>(gain[i]) / (static_cast<double>(costs[i]) + 0.01);
      if (worth <= most) continue;
      most = worth;
      best = i;
    }
    // With everything open each way has enough: the caller has looked.
    REGMARK_CHECK(most > 0);
    open[best] = true;
    std::erase_if(lacking, [&](auto& one) {
      if (std::ranges::binary_search(one.first->sites, static_cast<std::uint32_t>(best))) {
        --one.second;
      }
      return one.second <= 0;
    });
  }
  return open;
}

// Shuts what nobody needs, the most costly first: no objective grows, for no cost is negative.
void Cover::trim(const Question& question, const Costs& costs, const std::vector<unsigned>& least,
                 Choice& open, Instant deadline) const {
  std::vector<std::size_t> sites;
  for (std::size_t i = 0; i < problem_.sites.size(); ++i) {
    if (open[i] && question.fixed[i] == Fixed::no) sites.push_back(i);
  }
  std::ranges::stable_sort(sites, [&](auto a, auto b) { return costs[a] > costs[b]; });
  for (const auto site : sites) {
    if (is_past(deadline)) return;
    open[site] = false;
    if (!meets(open, least)) open[site] = true;
  }
}

// Opens more until every demand is met, and shuts what is then too many; learns ways as it goes.
Choice Cover::complete(const Question& question, const Costs& costs, Choice open,
                       Instant deadline) {
  do {
    if (is_past(deadline)) return {};
    open = greedy(question, costs, std::move(open));
  } while (add_ways(open, question.least) == Found::some);
  trim(question, costs, question.least, open, deadline);
  return open;
}

Program Cover::program(const Question& question, const Costs& costs, const std::vector<Cap>& caps,
                       Demands demands) const {
  Program made{.cost = costs, .fixed = question.fixed, .rows = {}, .start = {}};
  const auto sites = problem_.sites.size();
  made.cost.resize(sites + (demands == Demands::may_be_given_up ? trips_.size() : 0), 0);
  made.fixed.resize(made.cost.size(), Fixed::no);
  for (const auto& way : known_) {
    const std::int64_t least = question.least[way.demand];
    if (least == 0) continue;
    Row row{.terms = {}, .least = least};
    for (const auto site : way.sites) row.terms.push_back({site, 1});
    if (demands == Demands::may_be_given_up) {
      row.terms.push_back({static_cast<std::uint32_t>(sites + way.demand), -least});
      row.least = 0;
    }
    made.rows.push_back(std::move(row));
  }
  for (const auto& cap : caps) made.rows.push_back(row_of(cap));
  return made;
}

Result<std::optional<Solved>> Cover::stage(const Question& question, const Costs& costs,
                                           const std::vector<Cap>& caps, Choice best,
                                           Demands demands, Instant deadline) {
  // Whatever the solver says, no choice costs less than all that is below nought.
  auto bound = lowest(costs);
  while (true) {
    auto asked = program(question, costs, caps, demands);
    asked.start = best;
    REGMARK_ASSIGN(auto solved, solve(asked, deadline));
    if (!solved) return std::optional<Solved>();
    // A part of the rows costs no more than all of them do.
    bound = std::max(bound, solved->bound);
    if (add_ways(solved->chosen, wanted(question, solved->chosen)) == Found::none) {
      solved->bound = std::min(bound, solved->cost);
      return solved;
    }
    // A little more may be enough, and then is often as good as the bound.
    if (demands == Demands::must_be_met) {
      auto more = complete(question, costs, std::move(solved->chosen), deadline);
      const bool better = !more.empty() && (best.empty() || sum(costs, more) < sum(costs, best));
      if (better && within(caps, more)) best = std::move(more);
    }
    const bool over = is_past(deadline);
    if (over && best.empty()) {
      return fail(ErrorCode::unavailable, "no plan was found in the time there was");
    }
    const auto cost = best.empty() ? std::numeric_limits<std::int64_t>::max() : sum(costs, best);
    if (over || cost <= bound) return std::optional(Solved{best, cost, std::min(bound, cost)});
  }
}

Result<std::optional<Selection>> Cover::cheapest(const Question& question, Instant deadline) {
  Choice standing(problem_.sites.size(), false);
  for (std::size_t i = 0; i < standing.size(); ++i) {
    standing[i] = question.fixed[i] == Fixed::open;
  }
  const auto first_by = std::max(deadline, std::chrono::steady_clock::now() + first_plan_time);
  auto best = complete(question, question.objectives.front(), standing, first_by);
  auto caps = question.caps;
  if (!best.empty() && !within(caps, best)) best.clear();
  Selection selection;
  for (const auto& costs : question.objectives) {
    REGMARK_ASSIGN(auto solved, stage(question, costs, caps, best, Demands::must_be_met, deadline));
    if (!solved) return std::optional<Selection>();
    selection.stages.push_back({solved->cost, solved->bound});
    best = std::move(solved->chosen);
    caps.push_back({costs, solved->cost});
  }
  trim(question, question.objectives.front(), question.least, best, deadline);
  // What came later may cost less by an earlier objective, too, where that was not proved.
  for (std::size_t i = 0; i < selection.stages.size(); ++i) {
    selection.stages[i].set_value(sum(question.objectives[i], best));
  }
  selection.open = std::move(best);
  selection.met.assign(trips_.size(), true);
  return std::optional(std::move(selection));
}

Result<Selection> Cover::choose_within(const Question& question, const Costs& weights,
                                       Instant deadline) {
  const auto sites = problem_.sites.size();
  // Nothing new at all, and what that meets.
  Choice best(sites + trips_.size(), false);
  for (std::size_t i = 0; i < sites; ++i) best[i] = question.fixed[i] == Fixed::open;
  const auto seen = watch(best);
  for (std::size_t demand = 0; demand < trips_.size(); ++demand) {
    const unsigned least = question.least[demand];
    best[sites + demand] = least > 0 && fewest_cameras(demand, seen, least) == least;
  }
  Costs lost(sites, 0);
  for (std::size_t demand = 0; demand < trips_.size(); ++demand) {
    lost.push_back(question.least[demand] > 0 ? -weights[demand] : 0);
  }
  std::vector<Costs> objectives{lost};
  objectives.insert(objectives.end(), question.objectives.begin(), question.objectives.end());
  auto caps = question.caps;
  Selection selection;
  for (auto& costs : objectives) {
    costs.resize(best.size(), 0);
    if (!within(caps, best)) best.clear();
    REGMARK_ASSIGN(auto solved,
                   stage(question, costs, caps, best, Demands::may_be_given_up, deadline));
    if (!solved) {
      return fail(ErrorCode::invalid_input, "what must stay already costs more than is allowed");
    }
    selection.stages.push_back({solved->cost, solved->bound});
    best = std::move(solved->chosen);
    caps.push_back({costs, solved->cost});
  }
  const auto least = wanted(question, best);
  best.resize(sites);
  trim(question, question.objectives.front(), least, best, deadline);
  for (std::size_t i = 0; i < question.objectives.size(); ++i) {
    selection.stages[i + 1].set_value(sum(question.objectives[i], best));
  }
  const auto seen_now = watch(best);
  for (std::size_t demand = 0; demand < trips_.size(); ++demand) {
    const unsigned wants = question.least[demand];
    selection.met.push_back(wants > 0 && fewest_cameras(demand, seen_now, wants) == wants);
  }
  selection.open = std::move(best);
  return selection;
}

}  // namespace regmark::planning
