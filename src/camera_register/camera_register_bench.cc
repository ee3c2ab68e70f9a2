// Budget: 100 ms a question over 600 cameras with ten years of history: a person waits, and asks
// the next one. Each camera has been written down anew each year, so 6,000 versions are read.
#include <benchmark/benchmark.h>

#include "audit/audit_testing.h"
#include "camera_register/camera_register_testing.h"
#include "records/database_testing.h"

namespace regmark::camera_register {
namespace {

constexpr std::size_t cameras = 600;
constexpr int years = 10;

struct Force {
  Force() {
    REGMARK_CHECK(database->migrate(CameraRegister::migrations()));
    clock.set("2016-11-22T10:00:00Z");
    for (int year = 0; year < years; ++year) {
      const auto entries = made_up_force(cameras, base::day_of(clock.now()), /*seed=*/1);
      const auto receipt = log.receipt_for(access::Act::change_estate, {.subject = "register"});
      REGMARK_CHECK(database->write([&](records::Transaction& transaction) {
        return kept.enter(receipt, entries, {.sites = sites_of(entries)}, transaction);
      }));
      clock.advance(std::chrono::days{365});
    }
  }
  base::ManualClock clock;
  audit::TestLog log{clock};
  records::TestDatabase database;
  CameraRegister kept{*database, clock};
};

void ask(benchmark::State& state) {
  static Force force;
  const auto question = all_questions[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(std::string(name(question)));
  const auto today = base::day_of(force.clock.now());
  const Asked asked{question, today - std::chrono::days{3'650}, today};
  const auto receipt = force.log.receipt_for(access::Act::read_register);
  for (auto _ : state) {
    benchmark::DoNotOptimize(force.kept.answer(receipt, asked, {}).value());
  }
}
BENCHMARK(ask)->DenseRange(0, std::size(all_questions) - 1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace regmark::camera_register
