// What an office takes in: NDJSON without pictures, read, checked, matched against 100,000 entries,
// and made durable.
//
// Budget: 50,000 reads a second on two cores, HTTP and all. That leaves 40 us of CPU a read; HTTP
// spends under 1 us of it in batches of 500, so intake has 39 us, of which the store takes most.
#include <benchmark/benchmark.h>

#include <atomic>
#include <limits>
#include <random>

#include "intake/intake_testing.h"
#include "intake/read_batch.h"

namespace regmark::intake {
namespace {

constexpr int batch_reads = 500;
constexpr int cameras = 16;

std::string a_plate(std::mt19937& random) {
  const auto below = [&](int end) {
    return std::uniform_int_distribution<int>(0, end - 1)(random);
  };
  std::string plate;
  const auto letter = [&] { plate += static_cast<char>('A' + below(26)); };
  const auto digit = [&] { plate += static_cast<char>('0' + below(10)); };
  letter();
  letter();
  digit();
  digit();
  letter();
  letter();
  letter();
  return plate;
}

// As a camera of the usual kind sends it: two alternatives, scores, corners, vehicle.
std::string a_batch(const std::string& at, std::uint64_t number) {
  std::mt19937 random(static_cast<unsigned>(number));
  std::string lines;
  for (int i = 0; i < batch_reads; ++i) {
    const auto plate = a_plate(random);
    lines += a_message(
        std::to_string(number) + "-" + std::to_string(i), plate, at,
        {{"alternatives", R"([{"plate":")" + a_plate(random) + R"(","score":0.02},{"plate":")" +
                              a_plate(random) + R"(","score":0.01}])"},
         {"character_scores", "[0.99,0.98,0.99,0.97,0.99,0.99,0.95]"},
         {"country", "\"GB\""},
         {"direction", "\"approaching\""},
         {"lane", "1"},
         {"corners", "[[812.5,440.1],[955.2,441.9],[954.8,474.0],[812.0,472.3]]"},
         {"vehicle",
          R"({"make":{"text":"FORD","score":0.8},"colour":{"text":"BLUE","score":0.9}})"}});
    lines += '\n';
  }
  return lines;
}

void read_batches(benchmark::State& state) {
  const auto body = a_batch("2026-06-01T12:00:00Z", 1);
  for (auto _ : state) benchmark::DoNotOptimize(read_batch("application/x-ndjson", body));
  state.SetItemsProcessed(state.iterations() * batch_reads);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(read_batches);

TestOffice& the_office() {
  static auto* const office = [] {
    auto* const made = new TestOffice;  // lives as long as the process, as its threads do
    made->pace.reads_at_once = std::numeric_limits<std::size_t>::max();  // its clock stands still
    made->reopen();
    std::mt19937 random(1);
    std::string csv = "vrm\n";
    for (int i = 0; i < 100'000; ++i) csv += a_plate(random) + "\n";
    const auto receipt = made->estate.log.receipt_for(access::Act::change_lists);
    REGMARK_CHECK(made->lists->create(receipt, watchlist::a_list("large")).has_value());
    REGMARK_CHECK(made->lists->import(receipt, watchlist::list_id("large"), csv).has_value());
    for (int i = 0; i < cameras; ++i) made->estate.live_camera("bench-" + std::to_string(i));
    made->estate.clock.advance(std::chrono::seconds(1));
    return made;
  }();
  return *office;
}

// Each thread is a worker of the server that waits for its batch, as 16 cameras would that send at
// once.
void take_in(benchmark::State& state) {
  static std::atomic<std::uint64_t> next{1};
  auto& office = the_office();
  const auto camera = camera_id("bench-" + std::to_string(state.thread_index() % cameras));
  // Written before the clock runs: the camera's work is not the office's.
  std::vector<std::string> bodies(static_cast<std::size_t>(state.max_iterations));
  for (auto& body : bodies) body = a_batch(office.now(), next++);
  auto body = bodies.begin();
  for (auto _ : state) {
    const auto answer = office.intake->accept(camera, "application/x-ndjson", *body++);
    REGMARK_CHECK(answer && std::get<Answer>(*answer).accepted == batch_reads);
  }
  state.SetItemsProcessed(state.iterations() * batch_reads);
}
BENCHMARK(take_in)->ThreadRange(1, cameras)->UseRealTime();

}  // namespace
}  // namespace regmark::intake
