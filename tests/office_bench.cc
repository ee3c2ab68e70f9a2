// A whole office under the load of its cameras, over HTTP on loopback: the office in one process,
// the cameras and an operator in this one, both on the same processors.
//
// Budgets, on two cores, for a list of 100,000 entries:
//   NDJSON        50,000 reads a second, durable: the rush hour of the whole country is 2,200
//   pictures      300 reads a second with two pictures each: 28 KB a read, the national caps
//   to a screen   99 of 100 alerts within 100 ms of the camera's sending, at 1,000 reads a second
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <unordered_map>

#include "base/encoding.h"
#include "base/files.h"
#include "bench_times.h"
#include "office_process.h"
#include "office_testing.h"
#include "reading/image.h"
#include "reading/shots.h"

namespace regmark::testing {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t cameras = 50;
constexpr std::size_t listed_count = 100'000;
constexpr std::size_t batch_reads = 500;

steady_clock::duration length() {
  const char* text = std::getenv("REGMARK_BENCH_SECONDS");  // NOLINT(concurrency-mt-unsafe)
  const std::chrono::duration<double> seconds(text == nullptr ? 8 : std::atof(text));
  return std::chrono::duration_cast<steady_clock::duration>(seconds);
}

void write_plate(std::mt19937_64& random, char* to) {
  static constexpr std::string_view letters = "ABCDEFGHJKLMNOPRSTUVWXY";
  for (const char form : std::string_view("LLNNLLL")) {
    *to++ = form == 'L' ? letters[random() % letters.size()]
                        : static_cast<char>('0' + static_cast<int>(random() % 10));
  }
}

std::vector<std::string> listed_plates() {
  std::mt19937_64 random(1);
  std::set<std::string> plates;
  for (std::string plate(7, ' '); plates.size() < listed_count; plates.insert(plate)) {
    write_plate(random, plate.data());
  }
  return {plates.begin(), plates.end()};
}

const std::vector<std::string>& listed() {
  static const auto plates = listed_plates();
  return plates;
}

OfficeProcess& office() {
  static OfficeProcess process(cameras, listed());
  return process;
}

// A request of one camera whose events and plates can be renewed in place, so that writing them
// costs the client little. Each read says what a camera of the usual kind says.
class Request {
 public:
  struct Pictures {
    base::Bytes plate, overview;
  };

  Request(const std::string& token, std::size_t reads, std::uint64_t seed,
          const Pictures* pictures = nullptr)
      : random_(seed) {
    const std::string boundary = "regmark-bench-boundary";
    std::string body;
    if (pictures != nullptr) {
      body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"reads\"\r\n\r\n";
    }
    std::vector<std::size_t> reads_at;
    for (std::size_t read = 0; read < reads; ++read) {
      reads_at.push_back(body.size());
      body += a_read_text();
    }
    if (pictures != nullptr) {
      const auto add = [&](std::string_view name, const base::Bytes& bytes) {
        body += "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"" +
                std::string(name) + "\"\r\nContent-Type: image/jpeg\r\n\r\n" +
                std::string(base::as_text(bytes));
      };
      add("0.plate", pictures->plate);
      add("0.overview", pictures->overview);
      body += "\r\n--" + boundary + "--\r\n";
    }
    bytes_ = "POST /v1/reads HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token +
             "\r\nContent-Type: " +
             (pictures != nullptr ? "multipart/form-data; boundary=" + boundary
                                  : std::string("application/x-ndjson")) +
             "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    for (const auto at : reads_at) {
      events_.push_back(bytes_.size() + at + a_read_text().find("EEEEEEEEEEEE"));
      plates_.push_back(bytes_.size() + at + a_read_text().find("PPPPPPP"));
      observed_.push_back(bytes_.size() + at +
                          a_read_text().find(a_time, a_read_text().find("\"observed")));
      sent_.push_back(bytes_.size() + at +
                      a_read_text().find(a_time, a_read_text().find("\"sent")));
    }
    bytes_ += body;
  }

  std::size_t reads() const { return events_.size(); }
  const std::string& bytes() const { return bytes_; }

  // Other events, of other vehicles, a millisecond apart until now.
  void renew() {
    const base::SystemClock clock;
    const auto now = clock.now();
    const auto sent = base::format_utc(now);
    for (std::size_t read = 0; read < reads(); ++read) {
      bytes_.replace(sent_[read], sent.size(), sent);
      const auto before = std::chrono::milliseconds(reads() - 1 - read);
      bytes_.replace(observed_[read], sent.size(), base::format_utc(now - before));
    }
    for (const auto at : events_) {
      auto number = next_event++;
      for (std::size_t digit = 12; digit-- > 0; number /= 10) {
        bytes_[at + digit] = static_cast<char>('0' + static_cast<int>(number % 10));
      }
    }
    for (const auto at : plates_) write_plate(random_, bytes_.data() + at);
  }
  void set_plate(std::string_view plate) { bytes_.replace(plates_.front(), plate.size(), plate); }

 private:
  static constexpr std::string_view a_time = "2026-01-01T00:00:00.001Z";
  static const std::string& a_read_text() {
    static const auto text = [] {
      Json read = a_read("EEEEEEEEEEEE", "PPPPPPP", base::parse_utc(a_time).value());
      read["alternatives"] = {{{"plate", "AB12CDE"}, {"score", 0.02}},
                              {{"plate", "AB12CDF"}, {"score", 0.01}}};
      read["character_scores"] = {0.99, 0.98, 0.99, 0.97, 0.99, 0.99, 0.95};
      read["direction"] = "approaching";
      read["lane"] = 1;
      read["corners"] = {{812.5, 440.1}, {955.2, 441.9}, {954.8, 474.0}, {812.0, 472.3}};
      read["vehicle"] = {{"make", {{"text", "FORD"}, {"score", 0.8}}},
                         {"colour", {{"text", "BLUE"}, {"score", 0.9}}}};
      return read.dump() + "\n";
    }();
    return text;
  }

  static inline std::atomic<std::uint64_t> next_event{1};
  std::mt19937_64 random_;
  std::string bytes_;
  std::vector<std::size_t> events_, plates_, observed_, sent_;
};

// The pictures that our own reader would send with a read.
const Request::Pictures& pictures() {
  static const auto made = [] {
    const std::filesystem::path folder = REGMARK_SOURCE_DIR "/testdata/pictures";
    const auto file = base::read_file(folder / "street_01.jpg", 10U << 20U).value();
    const auto picture = reading::decode_picture(file).value();
    const reading::Corners plate = {{{432, 370}, {527, 370}, {527, 392}, {432, 392}}};
    return Request::Pictures{reading::plate_patch(picture, plate).value(),
                             reading::overview(picture).value()};
  }();
  return made;
}

// Counts what passes while it lives.
class Meter {
 public:
  void report(benchmark::State& state, double reads, std::vector<double> milliseconds) const {
    const double seconds = milliseconds_since(begun_) / 1000;
    const double office_seconds = office().processor_seconds() - office_before_;
    state.counters["reads_s"] = reads / seconds;
    state.counters["p50_ms"] = milliseconds_at(milliseconds, 0.5);
    state.counters["p99_ms"] = milliseconds_at(milliseconds, 0.99);
    state.counters["office_cores"] = office_seconds / seconds;
    state.counters["client_cores"] = (own_processor_seconds() - client_before_) / seconds;
    state.counters["office_us_a_read"] = office_seconds * 1e6 / std::max(reads, 1.0);
  }

 private:
  double office_before_ = office().processor_seconds();
  double client_before_ = own_processor_seconds();
  steady_clock::time_point begun_ = steady_clock::now();
};

// As many clients as there are requests, each of which sends, waits for the answer, and sends
// again.
void send_on_and_on(benchmark::State& state, std::vector<Request> requests) {
  std::mutex mutex;
  std::uint64_t taken = 0;
  std::vector<double> milliseconds;
  const auto send = [&](Request& request, steady_clock::time_point end) {
    api::http::RawClient client(office().port(), std::chrono::seconds(60));
    const auto wanted = "{\"accepted\":" + std::to_string(request.reads()) + ",";
    std::vector<double> own;
    while (steady_clock::now() < end) {
      request.renew();
      const auto begun = steady_clock::now();
      const auto answer = client.ask(request.bytes());
      REGMARK_CHECK(answer.status == 200 && answer.body.starts_with(wanted));
      own.push_back(milliseconds_since(begun));
    }
    const std::lock_guard lock(mutex);
    taken += own.size() * request.reads();
    milliseconds.insert(milliseconds.end(), own.begin(), own.end());
  };
  for (auto _ : state) {
    const Meter meter;
    std::vector<std::jthread> clients;
    const auto end = steady_clock::now() + length();
    for (auto& request : requests) clients.emplace_back(send, std::ref(request), end);
    clients.clear();
    meter.report(state, static_cast<double>(taken), std::move(milliseconds));
  }
}

std::vector<Request> requests(std::size_t count, std::size_t reads,
                              const Request::Pictures* with = nullptr) {
  std::vector<Request> made;
  for (std::size_t at = 0; at < count; ++at) {
    made.emplace_back(office().cameras()[at % cameras], reads, 100 + at, with);
  }
  return made;
}

void take_ndjson(benchmark::State& state) {
  send_on_and_on(state, requests(cameras, batch_reads));
}
BENCHMARK(take_ndjson)->Iterations(1)->UseRealTime();

void take_singly(benchmark::State& state) {
  send_on_and_on(state, requests(cameras, 1));
}
BENCHMARK(take_singly)->Iterations(1)->UseRealTime();

void take_with_two_pictures(benchmark::State& state) {
  send_on_and_on(state, requests(16, 1, &pictures()));
  state.counters["picture_bytes"] =
      static_cast<double>(pictures().plate.size() + pictures().overview.size());
}
BENCHMARK(take_with_two_pictures)->Iterations(1)->UseRealTime();

// What was sent when, and when its alert came.
class Flights {
 public:
  void sent(const std::string& plate) {
    const std::lock_guard lock(mutex_);
    sent_.emplace(plate, steady_clock::now());
  }
  // The first news of a plate counts.
  void arrived(const std::string& plate) {
    const std::lock_guard lock(mutex_);
    const auto sent = sent_.find(plate);
    if (sent == sent_.end()) return;
    milliseconds_.push_back(milliseconds_since(sent->second));
    sent_.erase(sent);
  }
  bool all_arrived() const {
    const std::lock_guard lock(mutex_);
    return sent_.empty();
  }
  std::vector<double> milliseconds() const {
    const std::lock_guard lock(mutex_);
    return milliseconds_;
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, steady_clock::time_point> sent_;
  std::vector<double> milliseconds_;
};

constexpr std::size_t rate = 1'000;       // reads a second of all cameras together
constexpr std::size_t wanted_every = 50;  // reads of a camera: one of them is of a listed plate

// Sends at its own pace, whether the office keeps up or not.
void send_steadily(std::size_t camera, steady_clock::time_point begin, Flights& flights,
                   std::atomic<std::size_t>& next_listed, std::atomic<std::size_t>& taken) {
  api::http::RawClient client(office().port(), std::chrono::seconds(60));
  Request request(office().cameras()[camera], 1, 1'000 + camera);
  constexpr auto pause = std::chrono::microseconds(1'000'000 * cameras / rate);
  const auto first = begin + pause * camera / cameras;
  for (std::size_t read = 0; pause * read < length(); ++read) {
    request.renew();
    std::this_thread::sleep_until(first + pause * read);
    if ((read + camera) % wanted_every == 0) {
      const auto& plate = listed()[next_listed++ % listed_count];
      request.set_plate(plate);
      flights.sent(plate);
    }
    REGMARK_CHECK(client.ask(request.bytes()).status == 200);
    ++taken;
  }
}

// Listens until all have arrived that were sent, or nothing came for long.
void listen(Events& events, const std::atomic<bool>& is_over, Flights& flights) {
  while (!is_over || !flights.all_arrived()) {
    const auto event = events.next();
    if (!event) return;
    if (event->name == "alert") flights.arrived(event->data.at("read").at("plate"));
  }
}

// From the moment before a camera sends until the alert is at an operator's end of the stream; the
// page draws it after that.
void camera_to_screen(benchmark::State& state) {
  static std::atomic<std::size_t> next_listed{0};
  office();
  for (auto _ : state) {
    Flights flights;
    std::atomic<bool> is_over = false;
    std::atomic<std::size_t> taken = 0;
    Events events(office().port(), office().watcher());
    const Meter meter;
    std::jthread watcher([&] { listen(events, is_over, flights); });
    std::vector<std::jthread> clients;
    const auto begin = steady_clock::now();
    for (std::size_t camera = 0; camera < cameras; ++camera) {
      clients.emplace_back(
          [&, camera] { send_steadily(camera, begin, flights, next_listed, taken); });
    }
    clients.clear();
    is_over = true;
    // One more alert, in case the watcher waits for another.
    Request last(office().cameras().front(), 1, 1);
    last.renew();
    last.set_plate(listed()[next_listed++ % listed_count]);
    REGMARK_CHECK(api::http::RawClient(office().port()).ask(last.bytes()).status == 200);
    watcher.join();
    const auto milliseconds = flights.milliseconds();
    meter.report(state, static_cast<double>(taken), milliseconds);
    state.counters["alerts"] = static_cast<double>(milliseconds.size());
    state.counters["lost"] = flights.all_arrived() ? 0 : 1;
  }
}
BENCHMARK(camera_to_screen)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace regmark::testing
