// Budget: 20,000 records a second from 64 askers on two cores, each durable: a group costs one
// sync, however many records it has, so work without the disk may take 50 us a record. Alone a
// record costs a sync and under 150 us. 10 million records, some two years of a force, are verified
// in a minute: 167,000 a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "audit/internal/leaf.h"
#include "audit/internal/log_files.h"
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

// REGMARK_BENCH_AUDIT_RECORDS: so many (20,000; 10,000,000 take minutes to write, and 9 GB).
// REGMARK_BENCH_AUDIT_FOLDER: in which they are written and verified (in memory).
// NOLINTBEGIN(concurrency-mt-unsafe): nothing else reads the environment
long records_wanted() {
  const char* wanted = std::getenv("REGMARK_BENCH_AUDIT_RECORDS");
  return wanted == nullptr ? 20'000 : std::atol(wanted);
}
fs::path folder_wanted() {
  const char* wanted = std::getenv("REGMARK_BENCH_AUDIT_FOLDER");
  return wanted == nullptr ? base::TestFolder::memory() : fs::path(wanted);
}
// NOLINTEND(concurrency-mt-unsafe)

// Whole bundles at a time, past the queue in which askers wait for one another: the same files, in
// a fifth of the time.
void write_records(const fs::path& where, long count) {
  const auto files = LogFiles::open(where, key, "bench.example/audit").value();
  const auto one = event();
  while (count > 0) {
    std::vector<Record> records(
        std::min<std::size_t>(files->room(), static_cast<std::size_t>(count)));
    std::vector<Record*> pointers;
    for (auto& record : records) {
      record.details.salt = base::random_bytes<32>();
      record.details.at = system_clock.now();
      record.details.json = one.details;
      record.leaf = encode(Leaf{one.shown, commitment_of(record.details)}).value();
      pointers.push_back(&record);
    }
    REGMARK_CHECK(files->append(pointers).has_value());
    count -= static_cast<long>(records.size());
  }
}

void verify_records(benchmark::State& state) {
  const long records = records_wanted();
  const base::TestFolder here(folder_wanted());
  write_records(here.path(), records);
  for (auto _ : state) {
    const auto verified = verify(here.path(), key.public_key);
    REGMARK_CHECK(verified && verified->size == static_cast<std::uint64_t>(records));
    REGMARK_CHECK(verified->details_missing == 0);
  }
  state.SetItemsProcessed(state.iterations() * records);
}
// In real time: it works on every processor.
BENCHMARK(verify_records)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace regmark::audit
