// Budget: 60 s for a plan of 500 candidate sites and more, proved to be the best: what somebody
// will wait for at a desk. Arithmetic: 40 draws and trade-off points beside the three main answers
// leave about a second for each.
#include <benchmark/benchmark.h>

#include "planning/plan.h"
#include "planning/planning_testing.h"

namespace {

using namespace regmark::planning;

constexpr std::uint64_t seed = 7;

void say(benchmark::State& state, const Network& network, const Plan& plan) {
  state.counters["seconds"] = plan.seconds;
  state.counters["sites"] = static_cast<double>(plan.sites.size());
  state.counters["junctions"] = static_cast<double>(network.junctions().size());
  state.counters["new"] = static_cast<double>(plan.recommended.totals.new_cameras);
  state.counters["proved"] = plan.recommended.proved() ? 1 : 0;
  state.counters["ways"] = static_cast<double>(plan.rows);
  const auto& stage = plan.recommended.stages.front();
  state.counters["gap"] = static_cast<double>(stage.value - stage.bound);
  state.counters["draws"] = static_cast<double>(plan.draws);
}

Inputs inputs_of(const Network& network, std::size_t corridors, std::int64_t cover) {
  auto inputs = made_up_inputs(network, corridors, 20, seed);
  inputs.cover = cover;
  // A busy machine shall show how long it took, and not that it gave up.
  inputs.seconds = 600;
  return inputs;
}

// Only the recommendation: the fewest new cameras, then the cheapest, then the least intrusive.
void plan_recommended(benchmark::State& state) {
  const auto network = made_up_town(static_cast<std::uint32_t>(state.range(0)), seed);
  auto inputs = inputs_of(network, static_cast<std::size_t>(state.range(1)), state.range(2));
  inputs.stability.draws = 0;
  inputs.trade_off_points = 0;
  for (auto _ : state) {
    const auto plan = make_plan(network, inputs);
    REGMARK_CHECK(plan.has_value());
    say(state, network, *plan);
  }
}
// 17 x 17 junctions have 500 roads; 32 x 32 have 1,800.
BENCHMARK(plan_recommended)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->Args({17, 50, 1})
    ->Args({17, 50, 2})
    ->Args({17, 200, 1})
    ->Args({32, 100, 1});

// All of it: gaps, duplication, fewest of all, trade-off and 20 draws.
void plan_whole(benchmark::State& state) {
  const auto network = made_up_town(static_cast<std::uint32_t>(state.range(0)), seed);
  const auto inputs = inputs_of(network, static_cast<std::size_t>(state.range(1)), 1);
  for (auto _ : state) {
    const auto plan = make_plan(network, inputs);
    REGMARK_CHECK(plan.has_value());
    say(state, network, *plan);
  }
}
BENCHMARK(plan_whole)->Unit(benchmark::kMillisecond)->Iterations(1)->Args({17, 50});

}  // namespace
