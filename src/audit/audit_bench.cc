// Budget: 20,000 records a second from 64 askers on two cores, each durable: a group costs one
// sync, however many records it has, so work without the disk may take 50 us a record. Alone a
// record costs a sync and under 150 us. 10 million records, some two years of a force, are verified
// in a minute: 167,000 a second.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "audit/log.h"
#include "audit/verify.h"
#include "base/check.h"
#include "base/files_testing.h"

namespace regmark::audit {
namespace {

namespace fs = std::filesystem;

const base::SigningKey key = base::signing_key_from_seed({1});
const base::SystemClock system_clock;

Event event() {
  return {.shown = {.operation = Operation::consultation,
                    .act = "search_sightings",
                    .day = base::day_of(system_clock.now()),
                    .role = "investigator",
                    .outcome = "permitted"},
          .details = std::string(600, 'x')};  // as long as a permit with a purpose
}

// A log on the disk of temporary files, or in memory to see the work alone.
std::unique_ptr<base::TestFolder> folder;
std::unique_ptr<Log> log;

void open_on(const fs::path& parent) {
  folder = std::make_unique<base::TestFolder>(parent);
  log = Log::open(folder->path(), key, "bench.example/audit", system_clock).value();
}
void open_on_disk(const benchmark::State&) {
  open_on(fs::temp_directory_path());
}
void open_in_memory(const benchmark::State&) {
  open_on(base::TestFolder::memory());
}
void close(const benchmark::State&) {
  log.reset();
  folder.reset();
}

void record_durably(benchmark::State& state) {
  const auto one = event();
  for (auto _ : state) REGMARK_CHECK(log->record(one).has_value());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(record_durably)
    ->Setup(open_on_disk)
    ->Teardown(close)
    ->UseRealTime()
    ->Threads(1)
    ->Threads(8)
    ->Threads(64);

void record_in_memory(benchmark::State& state) {
  record_durably(state);
}
BENCHMARK(record_in_memory)
    ->Setup(open_in_memory)
    ->Teardown(close)
    ->UseRealTime()
    ->Threads(1)
    ->Threads(64);

// REGMARK_BENCH_AUDIT_RECORDS: so many (20,000; 10,000,000 take some minutes to write, and 10 GB).
long records_wanted() {
  const char* wanted = std::getenv("REGMARK_BENCH_AUDIT_RECORDS");  // NOLINT(concurrency-mt-unsafe)
  return wanted == nullptr ? 20'000 : std::atol(wanted);
}

void verify_records(benchmark::State& state) {
  constexpr int writers = 64;
  const auto one = event();
  const long records = records_wanted();
  {
    std::vector<std::jthread> threads;
    for (int at = 0; at < writers; ++at) {
      threads.emplace_back([&, share = records / writers + (at < records % writers ? 1 : 0)] {
        for (long i = 0; i < share; ++i) REGMARK_CHECK(log->record(one).has_value());
      });
    }
  }
  for (auto _ : state) REGMARK_CHECK(verify(folder->path(), key.public_key).has_value());
  state.SetItemsProcessed(state.iterations() * records);
}
// In real time: it works on every processor.
BENCHMARK(verify_records)
    ->Setup(open_in_memory)
    ->Teardown(close)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace regmark::audit
