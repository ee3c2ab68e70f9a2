#include "planning/plan.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <random>

namespace regmark::planning {
namespace {

using Clock = std::chrono::steady_clock;

// Of the time that is left, the most that a part may take, so that those behind it are reached: the
// recommendation is what a plan is for.
constexpr double recommended_share = 0.75;
constexpr double later_share = 0.5;

Costs costs_of(const Problem& problem, Objective objective) {
  Costs costs;
  for (const auto& site : problem.sites) {
    switch (objective) {
      case Objective::new_cameras:
        costs.push_back(site.kind == SiteKind::candidate ? 1 : 0);
        break;
      case Objective::cameras:
        costs.push_back(1);
        break;
      case Objective::money:
        costs.push_back(site.money);
        break;
      case Objective::privacy:
        costs.push_back(site.privacy);
        break;
    }
  }
  return costs;
}

std::vector<Costs> objectives_of(const Problem& problem, const Inputs& inputs) {
  std::vector<Costs> objectives;
  for (const auto objective : inputs.objectives) objectives.push_back(costs_of(problem, objective));
  if (inputs.weights.empty()) return objectives;
  Costs together(problem.sites.size(), 0);
  for (const auto& [objective, weight] : inputs.weights) {
    const auto costs = costs_of(problem, objective);
    for (std::size_t i = 0; i < together.size(); ++i) together[i] += weight * costs[i];
  }
  return {together};
}

std::vector<Cap> caps_of(const Problem& problem, const Inputs& inputs) {
  std::vector<Cap> caps;
  if (inputs.new_cameras_most) {
    caps.push_back({costs_of(problem, Objective::new_cameras), *inputs.new_cameras_most});
  }
  if (inputs.money_most) {
    caps.push_back({costs_of(problem, Objective::money), *inputs.money_most});
  }
  return caps;
}

Totals totals_of(const Problem& problem, const Choice& open) {
  Totals totals;
  for (std::size_t i = 0; i < problem.sites.size(); ++i) {
    if (!open[i]) continue;
    const auto& site = problem.sites[i];
    ++totals.cameras;
    totals.new_cameras += site.kind == SiteKind::candidate ? 1 : 0;
    totals.shared += site.kind == SiteKind::partner ? 1 : 0;
    totals.existing += site.kind == SiteKind::existing ? 1 : 0;
    totals.money += site.money;
    totals.privacy += site.privacy;
  }
  return totals;
}

Answer answer_of(const Problem& problem, Selection selection) {
  auto totals = totals_of(problem, selection.open);
  return {std::move(selection.open), totals, std::move(selection.stages)};
}

Choice standing(const Problem& problem) {
  Choice open;
  for (const auto& site : problem.sites) open.push_back(site.kind == SiteKind::existing);
  return open;
}

std::vector<Fixed> fixed_of(const Problem& problem, const Inputs& inputs) {
  std::vector<Fixed> fixed;
  for (const auto& site : problem.sites) {
    const bool stays = inputs.keep_existing && site.kind == SiteKind::existing;
    fixed.push_back(stays ? Fixed::open : Fixed::no);
  }
  return fixed;
}

// The plan as it grows.
class Planner {
 public:
  Planner(const Network& network, const Inputs& inputs, Problem problem)
      : network_(network),
        inputs_(inputs),
        deadline_(Clock::now() + std::chrono::seconds(inputs.seconds)) {
    plan_.problem = std::move(problem);
    plan_.sites.resize(plan_.problem.sites.size());
    plan_.solver = solver_name();
  }

  Result<Plan> make();

 private:
  bool over() const { return Clock::now() >= deadline_; }
  // The end of a part that may take so much of the time that is left; the rest is for those behind.
  Instant until(double share) const {
    const auto now = Clock::now();
    if (now >= deadline_) return deadline_;
    return now + std::chrono::duration_cast<Clock::duration>((deadline_ - now) * share);
  }
  Question question() const;
  std::vector<unsigned> reachable(const Cover& cover) const;
  static Result<Answer> recommend(Cover& cover, const Problem& problem, const Question& question,
                                  Instant deadline);
  void look_at_demands(const Cover& cover);
  Result<void> choose(Cover& cover);
  Result<void> find_fewest(Cover& cover);
  Loss loss_of(const Cover& cover, Choice open, std::size_t site) const;
  void look_at_cameras(const Cover& cover);
  Result<void> find_spare(Cover& cover);
  Result<void> trade(Cover& cover);
  void shake();
  void look_at_places();

  const Network& network_;
  const Inputs& inputs_;
  Instant deadline_;
  Plan plan_;
};

Question Planner::question() const {
  return {.objectives = objectives_of(plan_.problem, inputs_),
          .fixed = fixed_of(plan_.problem, inputs_),
          .least = plan_.least,
          .caps = {}};
}

// What is asked of each demand, or as much of it as all sites together give.
std::vector<unsigned> Planner::reachable(const Cover& cover) const {
  const auto everywhere = cover.watch(Choice(plan_.problem.sites.size(), true));
  std::vector<unsigned> least;
  for (std::size_t i = 0; i < plan_.problem.demands.size(); ++i) {
    least.push_back(cover.fewest_cameras(i, everywhere, plan_.problem.demands[i].least));
  }
  return least;
}

void Planner::look_at_demands(const Cover& cover) {
  const auto now = cover.watch(standing(plan_.problem));
  const auto everywhere = cover.watch(Choice(plan_.problem.sites.size(), true));
  for (std::size_t i = 0; i < plan_.problem.demands.size(); ++i) {
    const unsigned wanted = plan_.problem.demands[i].least;
    DemandStand stand{.now = cover.fewest_cameras(i, now, cover_max),
                      .at_most = cover.fewest_cameras(i, everywhere, cover_max)};
    for (const auto& trip : cover.trips(i)) {
      if (!stand.gap) stand.gap = trip.way_with_fewer(now, wanted);
      if (!stand.cannot) stand.cannot = trip.way_with_fewer(everywhere, wanted);
    }
    // Of two directions the one that is watched less.
    unsigned on_fastest = std::numeric_limits<unsigned>::max();
    for (const auto& trip : cover.trips(i)) {
      unsigned cameras = 0;
      for (const Arc arc : trip.fastest()) cameras += now[arc];
      if (trip.possible()) on_fastest = std::min(on_fastest, cameras);
    }
    stand.on_fastest_now = on_fastest;
    plan_.demands.push_back(std::move(stand));
  }
}

// The cheapest that meets all, or the most that the caps allow.
Result<Answer> Planner::recommend(Cover& cover, const Problem& problem, const Question& asked,
                                  Instant deadline) {
  REGMARK_ASSIGN(auto cheapest, cover.cheapest(asked, deadline));
  if (cheapest) return answer_of(problem, *std::move(cheapest));
  Costs weights;
  for (const auto& demand : problem.demands) weights.push_back(demand.weight);
  REGMARK_ASSIGN(auto most, cover.choose_within(asked, weights, deadline));
  // The first stage was the weight that is met, not one of the objectives.
  most.stages.front().value = -most.stages.front().value;
  most.stages.front().bound = -most.stages.front().bound;
  return answer_of(problem, std::move(most));
}

Result<void> Planner::choose(Cover& cover) {
  auto asked = question();
  asked.caps = caps_of(plan_.problem, inputs_);
  const auto deadline = until(recommended_share);
  REGMARK_ASSIGN(plan_.recommended, recommend(cover, plan_.problem, asked, deadline));
  if (!cover.meets(plan_.recommended.open, plan_.least)) {
    asked.caps.clear();
    REGMARK_ASSIGN(auto needed, cover.cheapest(asked, until(later_share)));
    if (needed) plan_.without_caps = answer_of(plan_.problem, *std::move(needed));
  }
  const auto planned = cover.watch(plan_.recommended.open);
  for (std::size_t i = 0; i < plan_.demands.size(); ++i) {
    plan_.demands[i].planned = cover.fewest_cameras(i, planned, cover_max);
  }
  return {};
}

Result<void> Planner::find_fewest(Cover& cover) {
  if (over()) return {};
  Question anew{.objectives = {costs_of(plan_.problem, Objective::cameras),
                               costs_of(plan_.problem, Objective::money),
                               costs_of(plan_.problem, Objective::privacy)},
                .fixed = std::vector<Fixed>(plan_.problem.sites.size(), Fixed::no),
                .least = plan_.least,
                .caps = {}};
  REGMARK_ASSIGN(auto fewest, cover.cheapest(anew, until(later_share)));
  if (!fewest) return {};
  plan_.fewest = answer_of(plan_.problem, *std::move(fewest));
  for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
    plan_.sites[i].in_fewest = plan_.fewest->open[i];
  }
  return {};
}

Loss Planner::loss_of(const Cover& cover, Choice open, std::size_t site) const {
  const auto with = cover.watch(open);
  open[site] = false;
  const auto without = cover.watch(open);
  std::vector<bool> seen(with.size(), false);
  for (const Arc arc : seen_by(network_, plan_.problem.sites[site])) seen[arc] = true;
  Loss loss;
  for (std::size_t i = 0; i < plan_.problem.demands.size(); ++i) {
    const auto& trips = cover.trips(i);
    const bool concerned = std::ranges::any_of(trips, [&](const TripGraph& trip) {
      return std::ranges::any_of(trip.arcs(), [&](Arc arc) { return seen[arc]; });
    });
    if (!concerned) continue;
    const unsigned before = cover.fewest_cameras(i, with, cover_max);
    const unsigned after = cover.fewest_cameras(i, without, cover_max);
    if (after == before) continue;
    const unsigned wanted = std::max(1U, plan_.least[i]);
    if (before >= wanted && after < wanted) {
      loss.unmet.push_back(i);
      loss.weight += plan_.problem.demands[i].weight;
    } else {
      loss.thinner.push_back(i);
    }
  }
  return loss;
}

void Planner::look_at_cameras(const Cover& cover) {
  const auto now = standing(plan_.problem);
  for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
    auto& stand = plan_.sites[i];
    stand.planned = plan_.recommended.open[i];
    if (now[i]) {
      stand.loss = loss_of(cover, now, i);
    } else if (stand.planned) {
      stand.loss = loss_of(cover, plan_.recommended.open, i);
    }
    const auto seen = seen_by(network_, plan_.problem.sites[i]);
    for (std::size_t demand = 0; demand < plan_.demands.size(); ++demand) {
      const auto passes = [&](const TripGraph& trip) {
        return std::ranges::any_of(seen, [&](Arc arc) {
          return std::ranges::find(trip.fastest(), arc) != trip.fastest().end();
        });
      };
      if (std::ranges::any_of(cover.trips(demand), passes)) stand.serves.push_back(demand);
    }
  }
}

// The most cameras that may all go without any demand losing what it has of what it wants.
Result<void> Planner::find_spare(Cover& cover) {
  const auto now = standing(plan_.problem);
  if (over()) return {};
  Question kept{.objectives = {costs_of(plan_.problem, Objective::cameras),
                               costs_of(plan_.problem, Objective::money)},
                .fixed = {},
                .least = {},
                .caps = {}};
  for (const bool stands : now) kept.fixed.push_back(stands ? Fixed::no : Fixed::shut);
  for (std::size_t i = 0; i < plan_.demands.size(); ++i) {
    kept.least.push_back(std::min(plan_.demands[i].now, plan_.problem.demands[i].least));
  }
  REGMARK_ASSIGN(auto needed, cover.cheapest(kept, until(later_share)));
  if (!needed) return {};
  plan_.without_spare = answer_of(plan_.problem, *std::move(needed));
  for (std::size_t i = 0; i < now.size(); ++i) {
    plan_.sites[i].spare = now[i] && !plan_.without_spare->open[i];
  }
  return {};
}

// The cheapest plan of each privacy cost between the cheapest of all and the gentlest. A range of
// costs holds no further point when the cheapest plan at its upper end lies below its lower one.
Result<void> Planner::trade(Cover& cover) {
  const auto most = static_cast<std::size_t>(inputs_.trade_off_points);
  if (over() || most == 0) return {};
  const auto deadline = until(later_share);
  auto asked = question();
  const auto privacy = costs_of(plan_.problem, Objective::privacy);
  asked.objectives = {privacy, costs_of(plan_.problem, Objective::money)};
  REGMARK_ASSIGN(const auto gentlest, cover.cheapest(asked, deadline));
  std::ranges::reverse(asked.objectives);
  REGMARK_ASSIGN(const auto cheapest, cover.cheapest(asked, deadline));
  std::map<std::int64_t, TradeOff> found;  // by privacy cost
  const auto keep = [&](const Selection& selection) {
    const auto answer = answer_of(plan_.problem, selection);
    found.emplace(answer.totals.privacy, TradeOff{answer.totals, answer.proved()});
    return answer.totals.privacy;
  };
  struct Range {
    std::int64_t least, most;
  };
  std::vector<Range> ranges{{keep(*gentlest) + 1, keep(*cheapest) - 1}};
  const auto is_empty = [](const Range& range) { return range.least > range.most; };
  std::erase_if(ranges, is_empty);
  for (std::size_t solves = 0; !ranges.empty() && found.size() < most && Clock::now() < deadline;
       ++solves) {
    const auto widest = std::ranges::max_element(
        ranges, {}, [](const Range& range) { return range.most - range.least; });
    const auto [from, to] = *widest;
    ranges.erase(widest);
    // First from the middle, to see the whole; then from the end, to leave none out.
    const auto cap = solves < most / 2 ? from + (to - from) / 2 : to;
    asked.caps = {{privacy, cap}};
    const auto next = cover.cheapest(asked, deadline);
    // Out of time, or the solver gave up: the points that were found stand.
    if (!next || !*next) {
      ranges.push_back({from, to});
      break;
    }
    const auto reached = std::min(cap, keep(**next));
    ranges.push_back({cap + 1, to});
    ranges.push_back({from, reached - 1});
    std::erase_if(ranges, is_empty);
  }
  plan_.trade_off_complete = ranges.empty();
  for (auto point = found.rbegin(); point != found.rend(); ++point) {
    plan_.trade_off.push_back(point->second);
  }
  return {};
}

// Solves again with other estimates: who is chosen every time does not hang on one of them.
void Planner::shake() {
  std::mt19937_64 random(static_cast<std::uint64_t>(inputs_.stability.seed));
  const auto factor = [&] {
    constexpr double step = 0x1p-53;
    const double part = static_cast<double>(random() >> 11U) * step;  // 0 to 1
    return 1 + inputs_.stability.spread * (2 * part - 1);
  };
  const auto moved = [&](std::int64_t value) {
    return std::llround(static_cast<double>(value) * factor());
  };
  for (std::int64_t draw = 0; draw < inputs_.stability.draws && !over(); ++draw) {
    auto seconds = seconds_of(network_);
    for (auto& one : seconds) one *= factor();
    auto problem = plan_.problem;
    for (auto& site : problem.sites) {
      site.money = moved(site.money);
      site.privacy = moved(site.privacy);
    }
    for (auto& demand : problem.demands)
      demand.weight = std::max<std::int64_t>(1, moved(demand.weight));
    Cover cover(network_, problem, seconds);
    const Question asked{.objectives = objectives_of(problem, inputs_),
                         .fixed = fixed_of(problem, inputs_),
                         .least = reachable(cover),
                         .caps = caps_of(problem, inputs_)};
    const auto answer = recommend(cover, problem, asked, deadline_);
    // Dearer cameras that must stay may be over the caps, and time may be: no draw, then.
    if (!answer) continue;
    for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
      if (answer->open[i]) ++plan_.sites[i].draws;
    }
    ++plan_.draws;
    if (answer->proved()) ++plan_.draws_proved;
  }
}

void Planner::look_at_places() {
  const auto seen = [&](const Choice& open) {
    return watched(watch_of(network_, plan_.problem.sites, open));
  };
  const auto now = seen(standing(plan_.problem));
  const auto planned = seen(plan_.recommended.open);
  for (const auto& place : plan_.problem.places) {
    plan_.places.push_back(
        {unavoidable_trips(network_, place, now), unavoidable_trips(network_, place, planned)});
  }
}

Result<Plan> Planner::make() {
  const auto began = Clock::now();
  const auto seconds = seconds_of(network_);
  Cover cover(network_, plan_.problem, seconds);
  plan_.least = reachable(cover);
  look_at_demands(cover);
  REGMARK_TRY(choose(cover));
  look_at_places();
  look_at_cameras(cover);
  REGMARK_TRY(find_spare(cover));
  REGMARK_TRY(find_fewest(cover));
  REGMARK_TRY(trade(cover));
  shake();
  plan_.rows = cover.rows();
  plan_.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  return std::move(plan_);
}

}  // namespace

bool Answer::proved() const {
  return std::ranges::all_of(stages, [](const Stage& stage) { return stage.proved(); });
}

bool Plan::meets_cover() const {
  for (std::size_t i = 0; i < demands.size(); ++i) {
    if (demands[i].planned < problem.demands[i].least) return false;
  }
  return true;
}

std::vector<std::string> objective_names(const Inputs& inputs) {
  if (!inputs.weights.empty()) return {"weighted"};
  std::vector<std::string> names;
  for (const auto objective : inputs.objectives) names.emplace_back(name(objective));
  return names;
}

std::vector<std::string> objective_names(const Plan& plan, const Inputs& inputs) {
  auto names = objective_names(inputs);
  if (plan.recommended.stages.size() > names.size()) names.insert(names.begin(), "weight_met");
  return names;
}

std::vector<std::string> fewest_names() {
  return {"cameras", "money", "privacy"};
}

std::vector<std::string> without_spare_names() {
  return {"cameras", "money"};
}

std::string_view reached(std::optional<bool> answer) {
  if (!answer) return "not reached";
  return *answer ? "yes" : "no";
}

namespace {

constexpr std::string_view time_was_up = "The time was up: ";

// "Not proved to be the best in the time there was: ... cameras 32 (31 is not ruled out)."
void say_unproved(std::string_view what, const Answer& answer,
                  const std::vector<std::string>& objectives, std::vector<std::string>& all) {
  std::string found;
  for (std::size_t i = 0; i < answer.stages.size(); ++i) {
    const auto& stage = answer.stages[i];
    if (stage.proved()) continue;
    auto objective = objectives[i];
    std::ranges::replace(objective, '_', ' ');
    found += found.empty() ? "" : ", ";
    found += objective + " " + std::to_string(stage.value) + " (" + std::to_string(stage.bound) +
             " is not ruled out)";
  }
  if (found.empty()) return;
  all.push_back("Not proved to be the best in the time there was: " + std::string(what) + ", " +
                found + ".");
}

void say_draws(const Plan& plan, const Inputs& inputs, std::vector<std::string>& all) {
  const auto wanted = inputs.stability.draws;
  if (plan.draws < wanted) {
    all.push_back(std::string(time_was_up) + "of " + std::to_string(wanted) + " draws " +
                  std::to_string(plan.draws) + " were made.");
  }
  if (const auto open = plan.draws - plan.draws_proved; open > 0) {
    all.push_back("Not proved to be the best in the time there was: " + std::to_string(open) +
                  " of the draws.");
  }
}

void say_trade_off(const Plan& plan, const Inputs& inputs, std::vector<std::string>& all) {
  const auto points = static_cast<std::int64_t>(plan.trade_off.size());
  if (!plan.trade_off_complete && points < inputs.trade_off_points) {
    all.push_back(std::string(time_was_up) + "of " + std::to_string(inputs.trade_off_points) +
                  " plans between money and privacy " + std::to_string(points) + " were found.");
  }
  const auto open = std::ranges::count(plan.trade_off, false, &TradeOff::proved);
  if (open > 0) {
    all.push_back("Not proved to be the best in the time there was: " + std::to_string(open) +
                  " of the plans between money and privacy.");
  }
}

}  // namespace

std::vector<std::string> reservations(const Plan& plan, const Inputs& inputs) {
  std::vector<std::string> all;
  say_unproved("the recommended plan", plan.recommended, objective_names(plan, inputs), all);
  if (plan.without_caps) {
    say_unproved("the plan without the limits", *plan.without_caps, objective_names(inputs), all);
  }
  if (plan.without_spare) {
    say_unproved("that no more cameras are spare; those that are not", *plan.without_spare,
                 without_spare_names(), all);
  } else {
    all.push_back(std::string(time_was_up) + "which cameras are spare was not worked out.");
  }
  if (plan.fewest) {
    say_unproved("the fewest of all", *plan.fewest, fewest_names(), all);
  } else {
    all.push_back(std::string(time_was_up) + "the fewest of all were not found.");
  }
  say_draws(plan, inputs, all);
  say_trade_off(plan, inputs, all);
  if (!plan.problem.population_known && inputs.traffic.empty()) {
    all.emplace_back(
        "Privacy is not known: neither population nor traffic was given, and what "
        "nobody counted costs nothing here.");
  }
  return all;
}

Result<Plan> make_plan(const Network& network, const Inputs& inputs) {
  REGMARK_ASSIGN(auto problem, lay_out(network, inputs));
  return Planner(network, inputs, std::move(problem)).make();
}

}  // namespace regmark::planning
