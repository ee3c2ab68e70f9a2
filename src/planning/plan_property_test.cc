// The plan against trying every choice of cameras, on towns that are small enough for that.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "planning/plan.h"
#include "planning/planning_testing.h"

namespace regmark::planning {
namespace {

constexpr std::size_t sites_tried = 9;  // 512 choices

// Whether a choice meets the demands, by listing every way.
class Twin {
 public:
  Twin(const Network& network, const Problem& problem) : network_(network), problem_(problem) {
    const auto seconds = seconds_of(network);
    for (const auto& demand : problem.demands) {
      std::vector<Way> ways;
      for (const auto& trip : trips_of(network, seconds, demand)) {
        const Node from = network.tail(trip.fastest().front());
        const Node to = network.head(trip.fastest().back());
        Way way;
        std::vector<bool> passed(network.junctions().size(), false);
        all_ways(network, from, to, trip.fastest_seconds() * (1 + *demand.slack) * (1 + 1e-7), way,
                 passed, ways);
      }
      ways_.push_back(std::move(ways));
    }
  }
  unsigned fewest(std::size_t demand, const Choice& open) const {
    const auto watch = watch_of(network_, problem_.sites, open);
    unsigned fewest = std::numeric_limits<unsigned>::max();
    for (const auto& way : ways_[demand]) {
      unsigned cameras = 0;
      for (const Arc arc : way) cameras += watch[arc];
      fewest = std::min(fewest, cameras);
    }
    return fewest;
  }
  bool meets(const Choice& open, const std::vector<unsigned>& least) const {
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      if (fewest(i, open) < least[i]) return false;
    }
    return true;
  }

 private:
  const Network& network_;
  const Problem& problem_;
  std::vector<std::vector<Way>> ways_;
};

template <typename Work>
void each_choice(std::size_t sites, Work&& work) {
  for (std::uint32_t bits = 0; bits < (1U << sites); ++bits) {
    Choice open(sites);
    for (std::size_t i = 0; i < sites; ++i) open[i] = (bits >> i & 1U) != 0;
    work(open);
  }
}

bool stands_still(const Problem& problem, const Choice& open) {
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (problem.sites[i].kind == SiteKind::existing && !open[i]) return false;
  }
  return true;
}

struct Small {
  Network network;
  Inputs inputs;
};

Small small_town() {
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
  auto network = made_up_town(4, seed);
  auto inputs = made_up_inputs(network, 3, 6, seed + 1);
  std::mt19937_64 random(seed + 2);
  std::shuffle(inputs.sites.begin(), inputs.sites.end(), random);
  inputs.sites.resize(std::min(inputs.sites.size(), sites_tried));
  inputs.slack = static_cast<double>(draw(random, 4)) / 10;
  for (auto& corridor : inputs.corridors) {
    corridor.both_ways = draw(random, 1) == 0;
    corridor.cover = static_cast<std::int64_t>(1 + draw(random, 1));
  }
  inputs.stability.draws = 1;
  return {std::move(network), std::move(inputs)};
}

using Score = std::array<std::int64_t, 3>;

RC_GTEST_PROP(Plan, IsTheBestOfAllChoices, ()) {
  const auto town = small_town();
  const auto plan = make_plan(town.network, town.inputs);
  // One-way streets may leave a junction that cannot be driven to.
  RC_PRE(plan.has_value());
  const Twin twin(town.network, plan->problem);
  const auto& problem = plan->problem;
  Score best, fewest;
  best.fill(std::numeric_limits<std::int64_t>::max());
  fewest = best;
  each_choice(problem.sites.size(), [&](const Choice& open) {
    if (!twin.meets(open, plan->least)) return;
    Score score{}, in_all{};
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (!open[i]) continue;
      const auto& site = problem.sites[i];
      score = {score[0] + (site.kind == SiteKind::candidate ? 1 : 0), score[1] + site.money,
               score[2] + site.privacy};
      in_all = {in_all[0] + 1, in_all[1] + site.money, in_all[2] + site.privacy};
    }
    if (stands_still(problem, open)) best = std::min(best, score);
    fewest = std::min(fewest, in_all);
  });
  const auto& totals = plan->recommended.totals;
  RC_ASSERT(twin.meets(plan->recommended.open, plan->least));
  RC_ASSERT((Score{totals.new_cameras, totals.money, totals.privacy}) == best);
  RC_ASSERT(plan->recommended.proved());
  RC_ASSERT(plan->fewest.has_value());
  RC_ASSERT(twin.meets(plan->fewest->open, plan->least));
  RC_ASSERT((Score{plan->fewest->totals.cameras, plan->fewest->totals.money,
                   plan->fewest->totals.privacy}) == fewest);
  RC_CLASSIFY(totals.new_cameras > 0, "builds");
  RC_CLASSIFY(totals.new_cameras > 1, "builds two or more");
  const Choice everything(problem.sites.size(), true);
  for (std::size_t i = 0; i < problem.demands.size(); ++i) {
    const auto reach = twin.fewest(i, everything);
    RC_ASSERT(plan->demands[i].cannot.has_value() == (reach < problem.demands[i].least));
    RC_CLASSIFY(reach < problem.demands[i].least, "cannot be met");
    RC_ASSERT(plan->demands[i].planned == std::min(4U, twin.fewest(i, plan->recommended.open)));
  }
}

RC_GTEST_PROP(Plan, FindsTheMostCamerasThatAreSpare, ()) {
  auto town = small_town();
  for (auto& site : town.inputs.sites) site.kind = SiteKind::existing;
  const auto plan = make_plan(town.network, town.inputs);
  RC_PRE(plan.has_value());
  const Twin twin(town.network, plan->problem);
  const Choice all(plan->problem.sites.size(), true);
  std::vector<unsigned> least;
  for (std::size_t i = 0; i < plan->demands.size(); ++i) {
    least.push_back(std::min(twin.fewest(i, all), plan->problem.demands[i].least));
  }
  std::size_t fewest = all.size();
  each_choice(all.size(), [&](const Choice& open) {
    const auto count = static_cast<std::size_t>(std::ranges::count(open, true));
    if (count < fewest && twin.meets(open, least)) fewest = count;
  });
  Choice kept;
  for (const auto& site : plan->sites) kept.push_back(site.spare == false);
  RC_ASSERT(twin.meets(kept, least));
  RC_ASSERT(static_cast<std::size_t>(std::ranges::count(kept, true)) == fewest);
  RC_CLASSIFY(fewest > 0 && fewest < all.size(), "some are spare, and some are not");
  // What each loses alone.
  for (std::size_t site = 0; site < all.size(); ++site) {
    auto open = all;
    open[site] = false;
    for (std::size_t i = 0; i < least.size(); ++i) {
      const auto wanted = std::max(1U, plan->least[i]);
      const bool lost = twin.fewest(i, all) >= wanted && twin.fewest(i, open) < wanted;
      RC_ASSERT((std::ranges::count(plan->sites[site].loss.unmet, i) > 0) == lost);
    }
  }
}

RC_GTEST_PROP(Plan, MeetsTheMostWeightThatTheCapsAllow, ()) {
  auto town = small_town();
  town.inputs.new_cameras_most = *rc::gen::inRange<std::int64_t>(0, 2);
  const auto plan = make_plan(town.network, town.inputs);
  RC_PRE(plan.has_value());
  const Twin twin(town.network, plan->problem);
  std::int64_t most = -1;
  const auto weight_met = [&](const Choice& open) {
    std::int64_t weight = 0;
    for (std::size_t i = 0; i < plan->least.size(); ++i) {
      const bool met = plan->least[i] > 0 && twin.fewest(i, open) >= plan->least[i];
      weight += met ? plan->problem.demands[i].weight : 0;
    }
    return weight;
  };
  each_choice(plan->problem.sites.size(), [&](const Choice& open) {
    std::int64_t built = 0;
    for (std::size_t i = 0; i < open.size(); ++i) {
      built += open[i] && plan->problem.sites[i].kind == SiteKind::candidate ? 1 : 0;
    }
    if (built > *town.inputs.new_cameras_most || !stands_still(plan->problem, open)) return;
    most = std::max(most, weight_met(open));
  });
  RC_ASSERT(plan->recommended.totals.new_cameras <= *town.inputs.new_cameras_most);
  RC_ASSERT(weight_met(plan->recommended.open) == most);
  RC_CLASSIFY(plan->without_caps.has_value(), "the caps allow too little");
}

RC_GTEST_PROP(Plan, TradesMoneyForPrivacyWithoutLeavingAPointOut, ()) {
  auto town = small_town();
  town.inputs.trade_off_points = 100;
  // Ways along which one camera is enough leave a choice of where it stands.
  for (auto& corridor : town.inputs.corridors) corridor.cover = 1;
  town.inputs.slack = 0;
  for (auto& site : town.inputs.sites) {
    site.kind = SiteKind::candidate;
    site.money = *rc::gen::inRange<std::int64_t>(0, 4);
  }
  const auto plan = make_plan(town.network, town.inputs);
  RC_PRE(plan.has_value());
  const Twin twin(town.network, plan->problem);
  std::map<std::int64_t, std::int64_t> cheapest;  // privacy of each money
  each_choice(plan->problem.sites.size(), [&](const Choice& open) {
    if (!stands_still(plan->problem, open) || !twin.meets(open, plan->least)) return;
    std::int64_t money = 0, privacy = 0;
    for (std::size_t i = 0; i < open.size(); ++i) {
      money += open[i] ? plan->problem.sites[i].money : 0;
      privacy += open[i] ? plan->problem.sites[i].privacy : 0;
    }
    const auto [at, is_new] = cheapest.emplace(money, privacy);
    at->second = std::min(at->second, privacy);
  });
  std::vector<std::pair<std::int64_t, std::int64_t>> front;
  for (const auto& point : cheapest) {
    if (front.empty() || point.second < front.back().second) front.push_back(point);
  }
  RC_CLASSIFY(front.size() > 1, "there is something to trade");
  RC_ASSERT(plan->trade_off_complete);
  RC_ASSERT(plan->trade_off.size() == front.size());
  for (std::size_t i = 0; i < front.size(); ++i) {
    RC_ASSERT(plan->trade_off[i].totals.money == front[i].first);
    RC_ASSERT(plan->trade_off[i].totals.privacy == front[i].second);
  }
}

}  // namespace
}  // namespace regmark::planning
