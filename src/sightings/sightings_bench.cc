// Keeping and finding, on a disk.
//
// Budgets (docs of the project's first issue): a plate in 30 days p99 under 5 ms warm, a wildcard
// over 20 M reads under 50 ms, 80 bytes a read, and 50,000 reads a second durable through the whole
// office on two cores, so at least twice that for the store alone: 10 us a read.
//
//   REGMARK_BENCH_READS=20000000 sightings_bench
//
// REGMARK_BENCH_READS: reads in the store that all look-ups share; 1,000,000 if not said.
// REGMARK_BENCH_FOLDER: where stores are made; the folder for temporary files if not said.
// REGMARK_BENCH_STORE: where the shared store is made and left, and used again the next time.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <random>

#include "base/encoding.h"
#include "sightings/internal/row_codec.h"
#include "sightings/rocksdb/engine.h"
#include "sightings/sightings_testing.h"

namespace regmark::sightings {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t days = 30;
constexpr std::uint64_t cameras = 500;
constexpr std::uint64_t vehicles = 3'000'000;
constexpr std::size_t batch_size = 1'000;

std::uint64_t reads_wanted() {
  const char* text = std::getenv("REGMARK_BENCH_READS");  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? 1'000'000 : std::strtoull(text, nullptr, 10);
}

// What is measured lies on a disk.
fs::path bench_parent() {
  const char* text = std::getenv("REGMARK_BENCH_FOLDER");  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? fs::temp_directory_path() : fs::path(text);
}

base::ManualClock& clock() {
  static base::ManualClock the_clock("2026-03-31T00:00:00Z");
  return the_clock;
}
const base::UtcTime begin = base::parse_utc("2026-03-01T00:00:00Z").value();

// What a camera tells: only what most tell, or all that our own reader knows.
enum class Detail { usual, everything };

// Reads as a force's cameras would send them: in the order of time, few late; a busy vehicle comes
// by 40 times a day, most of a vehicle's reads are near its home, and one read in fifty is a
// misread.
class Traffic {
 public:
  Traffic(std::uint64_t count, Detail detail, std::uint64_t seed)
      : count_(count), detail_(detail), random_(seed) {
    for (std::uint64_t camera = 0; camera < cameras; ++camera) {
      names_.push_back(test_camera(camera));
      justifications_.push_back(
          estate::TestJustifications::fixed(names_.back().text(), "1900-01-01T00:00:00Z"));
    }
  }

  static plate::Plate plate_of(std::uint64_t vehicle) {
    static constexpr std::string_view letters = "ABCDEFGHJKLMNOPRSTUVWXY";
    std::uint64_t mixed = (vehicle + 1) * 0x9e3779b97f4a7c15ULL;
    const auto take = [&](std::uint64_t end) {
      const auto taken = mixed % end;
      mixed /= end;
      return taken;
    };
    std::string text;
    for (const char form : std::string_view("LLNNLLL")) {
      text += form == 'L' ? letters[take(letters.size())] : static_cast<char>('0' + take(10));
    }
    return plate::Plate::parse(text).value();
  }

  // The next reads, each camera's together; empty at the end.
  const std::vector<NewSighting>& next() {
    batch_.clear();
    for (; batch_.size() < batch_size && made_ < count_; ++made_) batch_.push_back({read(), {}});
    std::ranges::stable_sort(batch_, {}, [](const auto& one) { return one.read.camera.text(); });
    return batch_;
  }
  std::vector<CameraBatch> by_camera() const {
    std::vector<CameraBatch> batches;
    for (std::size_t from = 0; from < batch_.size();) {
      std::size_t until = from;
      while (until < batch_.size() && batch_[until].read.camera == batch_[from].read.camera) {
        ++until;
      }
      const auto number = std::strtoull(batch_[from].read.camera.text().c_str() + 4, nullptr, 10);
      batches.push_back({justifications_[number], std::span(batch_).subspan(from, until - from)});
      from = until;
    }
    return batches;
  }

 private:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  double fraction() { return static_cast<double>(random_() >> 11U) / 9007199254740992.0; }
  float score() { return 1.0F - static_cast<float>(below(30)) / 200.0F; }

  std::uint64_t vehicle() {
    // A shifted Zipf law with exponent 0.75, by inverting its sum.
    constexpr double shift = 200;
    const double top = std::pow(static_cast<double>(vehicles) + shift, 0.25);
    const double low = std::pow(shift, 0.25);
    return static_cast<std::uint64_t>(std::pow(low + fraction() * (top - low), 4) - shift);
  }

  plate::Read read() {
    const auto who = std::min(vehicle(), vehicles - 1);
    const auto home = who % 50 * 10;
    const auto where = below(10) < 7 ? home + below(10) : below(cameras);
    auto when = begin + std::chrono::milliseconds{days * 86'400'000 * made_ / count_};
    if (below(1'000) < 4 && when > begin + std::chrono::days{1}) {
      when -= std::chrono::milliseconds{below(86'400'000)};
    }
    auto plate = plate_of(who);
    if (below(50) == 0) {
      std::string text(plate.text());
      text[below(text.size())] = 'B';
      plate = plate::Plate::parse(text).value();
    }
    const std::string text(plate.text());
    auto read = plate::Read{.id = plate::ReadId::from_bytes({}),
                            .camera = names_[where],
                            .source_event = uuid(),
                            .raw_text = text.substr(0, 4) + " " + text.substr(4),
                            .plate = plate,
                            .score = score(),
                            .country = "GB",
                            .observed = when,
                            .sent = when + std::chrono::milliseconds{50 + below(900)},
                            .received = when + std::chrono::milliseconds{1'000 + below(300)},
                            .position = base::Position{51 + 0.001 * static_cast<double>(where), -1},
                            .direction = static_cast<plate::Direction>(1 + where % 2),
                            .lane = static_cast<std::uint8_t>(1 + below(3))};
    read.id = plate::ReadId::of(read.camera, read.source_event);
    add_vehicle(read);
    if (detail_ == Detail::everything) add_everything(read);
    return read;
  }

  void add_vehicle(plate::Read& read) {
    static constexpr std::string_view makes[] = {"FORD", "VAUXHALL", "VOLKSWAGEN", "BMW", "AUDI"};
    static constexpr std::string_view colours[] = {"black", "grey", "white", "blue", "red"};
    read.vehicle_class = {"car", score()};
    if (below(10) < 6) read.make = {std::string(makes[below(5)]), score()};
    if (below(10) < 6) read.colour = {std::string(colours[below(5)]), score()};
    if (below(10) < 3) add_alternative(read);
  }
  void add_alternative(plate::Read& read) {
    std::string other(read.plate.text());
    other[below(other.size())] = 'Q';
    read.alternatives.push_back({other, score()});
  }
  void add_everything(plate::Read& read) {
    add_alternative(read);
    add_alternative(read);
    for (int at = 0; at < 7; ++at) {
      read.character_scores.push_back(static_cast<std::uint8_t>(100 - below(16)));
    }
    const auto x = static_cast<float>(below(3'000));
    const auto y = static_cast<float>(below(2'000));
    const auto jitter = [&] { return static_cast<float>(below(24)) / 4; };
    read.corners = {{{x, y},
                     {x + 180 + jitter(), y + jitter()},
                     {x + 180, y + 42 + jitter()},
                     {x + jitter(), y + 42}}};
    read.reader_version = "regmark-1";
  }

  std::string uuid() {
    std::array<std::uint64_t, 2> bits{random_(), random_()};
    auto text = base::to_hex({reinterpret_cast<const std::uint8_t*>(bits.data()), 16});
    for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
    return text;
  }

  const std::uint64_t count_;
  const Detail detail_;
  std::mt19937_64 random_;
  std::uint64_t made_ = 0;
  std::vector<base::CameraId> names_;
  std::vector<estate::Justification> justifications_;
  std::vector<NewSighting> batch_;
};

std::uint64_t bytes_in(const fs::path& folder, std::string_view extension = "") {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const bool counts = extension.empty() || entry.path().extension() == extension;
    if (entry.is_regular_file() && counts) bytes += entry.file_size();
  }
  return bytes;
}

std::unique_ptr<Store> open_in(const fs::path& folder) {
  return open_embedded({.folder = folder, .master_key = {1}}, clock()).value();
}

void must(const Result<std::vector<Kept>>& kept) {
  REGMARK_CHECK(kept.has_value());
  for (const auto one : *kept) REGMARK_CHECK(one == Kept::stored);
}

void seal_all(Store& store) {
  for (const auto& slice : store.slices()) {
    REGMARK_CHECK(
        store.seal(UnloggedReceipts::of(audit::MachineVerb::seal), slice.day).has_value());
  }
}

// How long each of many looks took.
class Latencies {
 public:
  template <typename Work>
  void measure(benchmark::State& state, const Work& work) {
    for (auto _ : state) {
      const auto from = std::chrono::steady_clock::now();
      work();
      const std::chrono::duration<double, std::micro> took =
          std::chrono::steady_clock::now() - from;
      micros_.push_back(took.count());
    }
    std::ranges::sort(micros_);
    const auto at = [&](double part) {
      return micros_[static_cast<std::size_t>(part * static_cast<double>(micros_.size() - 1))];
    };
    state.counters["p50_us"] = at(0.5);
    state.counters["p99_us"] = at(0.99);
  }

 private:
  std::vector<double> micros_;
};

// The store that all look-ups share: `reads_wanted()` reads of 30 days, all but the last day
// sealed.
struct Kept30Days {
  std::optional<base::TestFolder> folder;  // none: where it stays
  std::unique_ptr<Store> store;
  double seconds = 0;  // 0: it was there already

  Kept30Days() {
    const char* stays = std::getenv("REGMARK_BENCH_STORE");  // NOLINT(concurrency-mt-unsafe)
    if (stays == nullptr) folder.emplace(bench_parent());
    store = open_in(stays == nullptr ? folder->path() : fs::path(stays));
    std::uint64_t there = 0;
    for (const auto& slice : store->slices()) there += slice.reads;
    if (there == reads_wanted()) return;
    REGMARK_CHECK(there == 0);  // a store of another size
    Traffic traffic(reads_wanted(), Detail::usual, 1);
    std::chrono::duration<double> took{0};
    while (!traffic.next().empty()) {
      const auto batches = traffic.by_camera();
      const auto from = std::chrono::steady_clock::now();
      must(store->append(batches));
      took += std::chrono::steady_clock::now() - from;
    }
    seconds = took.count();
    const auto slices = store->slices();
    for (std::size_t at = 0; at + 1 < slices.size(); ++at) {
      REGMARK_CHECK(
          store->seal(UnloggedReceipts::of(audit::MachineVerb::seal), slices[at].day).has_value());
    }
  }
};

Kept30Days& kept() {
  static Kept30Days all;
  return all;
}

Page find(const Query& query) {
  const auto receipt = UnloggedReceipts::of(
      access::Act::search_sightings,
      {.window = access::Window{begin, clock().now()}, .rows_max = 1'000'000}, clock().now());
  return kept().store->find(receipt, query).value();
}

// Keeping: batches of 1,000 reads of many cameras, each durable when it returns.
void append_durable(benchmark::State& state) {
  const base::TestFolder folder(bench_parent());
  const auto store = open_in(folder.path());
  const auto detail = state.range(0) == 0 ? Detail::usual : Detail::everything;
  Traffic traffic(10'000'000, detail, 2);
  std::uint64_t reads = 0;
  for (auto _ : state) {
    state.PauseTiming();
    reads += traffic.next().size();
    const auto batches = traffic.by_camera();
    state.ResumeTiming();
    must(store->append(batches));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(reads));
}
BENCHMARK(append_durable)->ArgName("everything")->Arg(0)->Arg(1)->UseRealTime();

// The same keys and values straight into RocksDB with the same settings: what the store itself adds
// is the difference.
void append_to_raw_rocksdb(benchmark::State& state) {
  using namespace rocks;
  const base::TestFolder folder(bench_parent());
  const auto engine = Engine::open(folder.path(), std::make_shared<const GoneDays>()).value();
  const SliceCipher cipher(base::random_bytes<32>());
  Traffic traffic(10'000'000, Detail::usual, 2);
  internal::NoTexts no_texts;
  std::uint64_t reads = 0;
  for (auto _ : state) {
    state.PauseTiming();
    rocksdb::WriteBatch batch;
    for (const auto& [read, pictures, stay] : traffic.next()) {
      const auto camera = std::strtoul(read.camera.text().c_str() + 4, nullptr, 10) + 1;
      const Pass pass{read.observed, static_cast<std::uint32_t>(camera), 0};
      const auto plate = internal::number_of(read.plate);
      // A row of the size that one with a book has: noise, as it is when it is hidden.
      const auto row = base::random_bytes<29>();
      const auto put = [&](Space space, std::string_view key, std::string_view value) {
        REGMARK_CHECK(batch
                          .Put(engine->space(space), rocksdb::Slice(key.data(), key.size()),
                               rocksdb::Slice(value.data(), value.size()))
                          .ok());
      };
      const auto day = *number_of(base::day_of(read.observed));
      put(Space::rows, row_key(cipher, day, plate, pass), base::as_text(row));
      put(Space::passes, pass_key(day, pass), pass_value(cipher, pass_key(day, pass), plate));
      put(Space::ids, id_key(read.id), id_entry(cipher, day, read.id, pass));
      ++reads;
    }
    state.ResumeTiming();
    REGMARK_CHECK(engine->write(batch).has_value());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(reads));
}
BENCHMARK(append_to_raw_rocksdb)->UseRealTime();

// One read at a time: what a camera that sends singly waits for.
void append_singly(benchmark::State& state) {
  const base::TestFolder folder(bench_parent());
  const auto store = open_in(folder.path());
  Traffic traffic(10'000'000, Detail::usual, 3);
  std::size_t at = 0;
  const std::vector<NewSighting>* batch = &traffic.next();
  Latencies().measure(state, [&] {
    if (at == batch->size()) {
      batch = &traffic.next();
      at = 0;
    }
    const auto& sighting = (*batch)[at++];
    const auto justification = estate::TestJustifications::fixed(sighting.read.camera.text());
    const CameraBatch one{justification, {&sighting, 1}};
    must(store->append({&one, 1}));
  });
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(append_singly)->UseRealTime();

// Bytes on the disk for a read, all days sealed: tables and lists, with indices and filters.
void bytes_a_read(benchmark::State& state) {
  const auto detail = state.range(0) == 0 ? Detail::usual : Detail::everything;
  const auto count = std::min<std::uint64_t>(reads_wanted(), 1'000'000);
  const base::TestFolder folder(bench_parent());
  {
    const auto store = open_in(folder.path());
    Traffic traffic(count, detail, 4);
    while (!traffic.next().empty()) must(store->append(traffic.by_camera()));
    seal_all(*store);
  }
  for (auto _ : state) benchmark::DoNotOptimize(bytes_in(folder.path()));
  const auto bytes = bytes_in(folder.path() / "rows", ".sst") + bytes_in(folder.path() / "lists");
  state.counters["bytes_a_read"] = static_cast<double>(bytes) / static_cast<double>(count);
}
BENCHMARK(bytes_a_read)->ArgName("everything")->Arg(0)->Arg(1)->Iterations(1);

void load_rate(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(kept());
  state.counters["reads"] = static_cast<double>(reads_wanted());
  if (kept().seconds > 0) {
    state.counters["reads_a_second"] = static_cast<double>(reads_wanted()) / kept().seconds;
  }
  const auto& folder = kept().folder->path();
  const auto bytes = bytes_in(folder / "rows", ".sst") + bytes_in(folder / "lists");
  state.counters["bytes_a_read"] = static_cast<double>(bytes) / static_cast<double>(reads_wanted());
}
BENCHMARK(load_rate)->Iterations(1);

void find_plate_in_30_days(benchmark::State& state) {
  find({.plate = "AA00AAA"});
  std::mt19937_64 random(5);
  std::uint64_t rows = 0;
  Latencies().measure(state, [&] {
    const auto plate = Traffic::plate_of(random() % vehicles);
    rows += find({.plate = std::string(plate.text())}).reads.size();
  });
  state.counters["rows"] = static_cast<double>(rows) / static_cast<double>(state.iterations());
}
BENCHMARK(find_plate_in_30_days)->UseRealTime();

void find_busy_plate_in_30_days(benchmark::State& state) {
  std::mt19937_64 random(6);
  Latencies().measure(state, [&] {
    const auto plate = Traffic::plate_of(random() % 2'000);
    benchmark::DoNotOptimize(find({.plate = std::string(plate.text()), .rows = 1'000}));
  });
}
BENCHMARK(find_busy_plate_in_30_days)->UseRealTime();

// The first page of a pattern; what it looks through depends on how often it meets.
void find_pattern(benchmark::State& state) {
  static constexpr std::string_view patterns[] = {"AB12*", "??12?BC", "*12*",
                                                  "*7CD",  "A*",      "ZZ9*9"};
  const std::string pattern(patterns[static_cast<std::size_t>(state.range(0))]);
  state.SetLabel(pattern);
  const auto first = find({.plate = pattern});  // lists are read and kept
  Latencies().measure(state, [&] { benchmark::DoNotOptimize(find({.plate = pattern})); });
  state.counters["rows"] = static_cast<double>(first.reads.size());
}
BENCHMARK(find_pattern)->DenseRange(0, 5)->UseRealTime();

// All that a pattern finds, page by page: every day is looked through.
void find_all_of_a_pattern(benchmark::State& state) {
  std::uint64_t rows = 0;
  Latencies().measure(state, [&] {
    Query query{.plate = "??12?BC", .rows = 1'000};
    rows = 0;
    do {
      const auto page = find(query);
      rows += page.reads.size();
      query.after = page.next;
    } while (!query.after.empty());
  });
  state.counters["rows"] = static_cast<double>(rows);
}
BENCHMARK(find_all_of_a_pattern)->UseRealTime();

void find_camera_and_hour(benchmark::State& state) {
  std::mt19937_64 random(7);
  Latencies().measure(state, [&] {
    const auto from = begin + std::chrono::hours{random() % (24 * days)};
    benchmark::DoNotOptimize(find({.cameras = {test_camera(random() % cameras)},
                                   .window = access::Window{from, from + std::chrono::hours{1}}}));
  });
}
BENCHMARK(find_camera_and_hour)->UseRealTime();

void find_newest_of_all(benchmark::State& state) {
  Latencies().measure(state, [&] { benchmark::DoNotOptimize(find({})); });
}
BENCHMARK(find_newest_of_all)->UseRealTime();

}  // namespace
}  // namespace regmark::sightings
