// A made-up year of 80 people's searches, with planted misuse: how long weighing it takes, and how
// much of what was planted the signals find. Thresholds were chosen on other years than these.
//
// Budgets: a force of 8,000 that searches as much has a hundred times as many, and its signals are
// to be there within half a minute: 0.3 s. What is found has one budget: three in four of all
// signals that rest on a threshold are to be right, or nobody reads them.
#include <benchmark/benchmark.h>

#include "oversight/made_year_testing.h"

namespace regmark::oversight {
namespace {

void weigh_a_year(benchmark::State& state) {
  const auto year = made_year(report_seeds[0]);
  const Known known{.duty = {},
                    .household = [&](const SearchNote& note) { return year.match(note); }};
  for (auto _ : state) benchmark::DoNotOptimize(signals_in(year.notes, year.period, known));
  state.counters["searches"] = static_cast<double>(year.notes.size());
}
BENCHMARK(weigh_a_year)->Unit(benchmark::kMillisecond);

// Each seed once.
void find_misuse(benchmark::State& state) {
  const auto duty = state.range(0) != 0 ? DutyIs::known : DutyIs::not_known;
  std::map<SignalKind, Score> scores;
  for (auto _ : state) {
    for (const auto seed : report_seeds) add_scores(scores, made_year(seed), duty);
  }
  for (const auto kind : all_signal_kinds) {
    const auto word = std::string(name(kind));
    state.counters[word + "_precision"] = scores[kind].precision();
    state.counters[word + "_recall"] = scores[kind].recall();
  }
  const auto all = total_of(scores);
  state.counters["precision"] = all.precision();
  state.counters["recall"] = all.recall();
}
BENCHMARK(find_misuse)
    ->ArgName("duty_known")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace regmark::oversight
