// Clients that mean harm, many at once: slow, silent, huge, malformed, pipelined, cut off, deaf,
// and guessing at passwords; and a camera in other hands, with a good token. The office stays up,
// its memory stays bounded, and other cameras and operators are served meanwhile.
//
// A handful by default. For figures:
//   REGMARK_HOSTILE_CLIENTS=4000 REGMARK_HOSTILE_SECONDS=30 build/release/tests/hostile_test
// REGMARK_HOSTILE_KIND=huge_body makes them all of one kind.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "intake/intake.h"
#include "office_process.h"
#include "office_testing.h"

namespace regmark {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::Json;
using testing::OfficeProcess;

std::size_t number_of(const char* name, std::size_t otherwise) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? otherwise : static_cast<std::size_t>(std::atoll(value));
}

// A connection that never waits for the other side.
class Harmful {
 public:
  explicit Harmful(std::uint16_t port) : port_(port) {}
  Harmful(Harmful&& other) noexcept : port_(other.port_), file_(std::exchange(other.file_, -1)) {}
  Harmful& operator=(Harmful&&) = delete;
  ~Harmful() { close(); }

  // Gives false where the server has had enough; the next use is a new connection.
  bool put(std::string_view bytes) {
    if (file_ < 0 && !connect()) return false;
    const auto sent = ::send(file_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0 || errno == EAGAIN || errno == ENOTCONN || errno == EINPROGRESS) return true;
    close();
    return false;
  }
  bool is_new() const { return file_ < 0; }
  void close() {
    if (file_ >= 0) ::close(std::exchange(file_, -1));
  }
  // Throws away what came.
  void drain() {
    char bytes[16'384];
    while (file_ >= 0 && ::recv(file_, bytes, sizeof bytes, MSG_DONTWAIT) > 0) {
    }
  }

 private:
  bool connect() {
    file_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (file_ < 0) return false;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* const to = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(file_, to, sizeof address) == 0 || errno == EINPROGRESS) return true;
    close();
    return false;
  }

  std::uint16_t port_;
  int file_ = -1;
};

using Random = std::mt19937;
using Harm = void (*)(Harmful&, Random&);

constexpr std::string_view healthz = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

void silent(Harmful& client, Random&) {
  if (client.is_new()) client.put("G");
}
void slow(Harmful& client, Random&) {
  client.put(client.is_new() ? "GET /healthz HTTP/1.1\r\nX-Slow: " : "x");
}
void huge_body(Harmful& client, Random&) {
  static const std::string piece(64U << 10U, 'x');
  client.put(client.is_new() ? "POST /v1/reads HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                               "application/json\r\nContent-Length: 33000000\r\n\r\n"
                             : piece);
}
void huge_head(Harmful& client, Random&) {
  static const std::string header = "X-Huge: " + std::string(4'000, 'x') + "\r\n";
  client.put(client.is_new() ? "GET /healthz HTTP/1.1\r\n" : header);
}
void malformed(Harmful& client, Random& random) {
  std::string noise(random() % 3'000 + 1, ' ');
  for (char& byte : noise) byte = static_cast<char>(random());
  client.put(noise);
  if (random() % 4 == 0) client.close();
}
void pipelined(Harmful& client, Random&) {
  static const std::string many = [] {
    std::string all;
    for (int i = 0; i < 100; ++i) all += healthz;
    return all;
  }();
  client.put(many);
  client.drain();
}
void cut_off(Harmful& client, Random& random) {
  client.put(healthz.substr(0, random() % healthz.size() + 1));
  client.close();
}
void deaf(Harmful& client, Random&) {
  client.put("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
}
void guessing(Harmful& client, Random& random) {
  const auto body = R"({"sign_in_name":"name-)" + std::to_string(random() % 1'000) +
                    R"(","password":"a guess at a password"})";
  client.put(
      "POST /v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  client.drain();
}

struct Kind {
  std::string_view name;
  Harm harm;
};
constexpr Kind kinds[] = {
    {"silent", silent},       {"slow", slow},           {"huge_body", huge_body},
    {"huge_head", huge_head}, {"malformed", malformed}, {"pipelined", pipelined},
    {"cut_off", cut_off},     {"deaf", deaf},           {"guessing", guessing},
};

// All of them, unless one is named.
std::vector<Kind> wanted_kinds() {
  const char* name = std::getenv("REGMARK_HOSTILE_KIND");  // NOLINT(concurrency-mt-unsafe)
  std::vector<Kind> wanted;
  for (const auto& kind : kinds) {
    if (name == nullptr || kind.name == name) wanted.push_back(kind);
  }
  return wanted;
}

// So many of one kind, until told to stop.
std::jthread attack(std::uint16_t port, Harm harm, std::size_t clients, unsigned seed) {
  return std::jthread([=](const std::stop_token& over) {
    Random random(seed);
    std::vector<Harmful> all;
    for (std::size_t i = 0; i < clients; ++i) all.emplace_back(port);
    while (!over.stop_requested()) {
      for (auto& client : all) {
        if (over.stop_requested()) break;
        harm(client, random);
      }
      std::this_thread::sleep_for(20ms);
    }
  });
}

// A camera that claims to have seen very much in one instant, says so again, and then says that it
// was something else.
std::jthread misuse(std::uint16_t port, const std::string& token) {
  return std::jthread([=](const std::stop_token& over) {
    const auto instant = base::SystemClock().now();
    const auto batch = [&](const std::string& plate) {
      std::string lines;
      for (std::size_t i = 0; i < intake::batch_reads_max; ++i) {
        lines += testing::a_read("misused-" + std::to_string(i), plate, instant).dump() + "\n";
      }
      return lines;
    };
    const std::string batches[] = {batch("AB12CDF"), batch("AB12CDG")};
    const auto headers =
        testing::Client{port, token}.with_token({{"Content-Type", "application/x-ndjson"}});
    std::map<int, int> answers;
    while (!over.stop_requested()) {
      for (const auto& lines : batches) {
        ++answers[testing::ask(port, "POST", "/v1/reads", lines, headers).status];
      }
    }
    for (const auto& [status, count] : answers) {
      std::printf("a camera in other hands: %d batches answered %d\n", count, status);
    }
  });
}

// What an honest client waited for, in milliseconds.
struct Waits {
  std::vector<double> each;
  std::size_t refused = 0;
  double at(double part) const {
    return each.empty() ? 0 : each[static_cast<std::size_t>(part * double(each.size() - 1))];
  }
};

constexpr std::size_t honest_cameras = 4;

// Cameras that hand in a read ten times a second each, and an operator who looks as often.
Waits serve_the_honest(const OfficeProcess& office, std::chrono::seconds time, int round) {
  std::mutex mutex;
  Waits waits;
  std::vector<std::jthread> honest;
  const auto until = steady_clock::now() + time;
  const auto go_on = [&](const std::string& token, std::size_t number) {
    for (int i = 0; steady_clock::now() < until; ++i) {
      const auto now = base::SystemClock().now();
      const auto event =
          std::to_string(round) + "-" + std::to_string(number) + "-" + std::to_string(i);
      const bool looks = token == office.watcher();
      const auto begun = steady_clock::now();
      const testing::Client client{office.port(), token};
      const auto reply = looks ? client.get("/v1/alerts")
                               : client.post("/v1/reads", testing::a_read(event, "AB12CDE", now));
      const std::chrono::duration<double, std::milli> took = steady_clock::now() - begun;
      {
        const std::lock_guard lock(mutex);
        waits.each.push_back(took.count());
        waits.refused += reply.status == 200 ? 0 : 1;
      }
      std::this_thread::sleep_for(100ms);
    }
  };
  for (std::size_t at = 0; at < honest_cameras; ++at) {
    honest.emplace_back(go_on, office.cameras()[at], at);
  }
  honest.emplace_back(go_on, office.watcher(), honest_cameras);
  honest.clear();  // waits for them
  std::ranges::sort(waits.each);
  return waits;
}

TEST(Hostile, ClientsHarmNobodyElse) {
  const auto clients = number_of("REGMARK_HOSTILE_CLIENTS", 90);
  const std::chrono::seconds time(number_of("REGMARK_HOSTILE_SECONDS", 3));
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  const OfficeProcess office(honest_cameras + 1, {"ZZ99ZZZ"});  // forks: before any thread
  const auto quiet = serve_the_honest(office, time, 1);
  const auto before = office.resident_kib();

  std::atomic<std::size_t> most{before};
  std::jthread watch([&](const std::stop_token& over) {
    while (!over.stop_requested()) {
      most = std::max<std::size_t>(most, office.resident_kib());
      std::this_thread::sleep_for(10ms);
    }
  });
  std::vector<std::jthread> attackers;
  const auto harmful = wanted_kinds();
  ASSERT_FALSE(harmful.empty());
  for (std::size_t at = 0; at < harmful.size(); ++at) {
    attackers.push_back(attack(office.port(), harmful[at].harm, clients / harmful.size(),
                               static_cast<unsigned>(at)));
  }
  attackers.push_back(misuse(office.port(), office.cameras().back()));
  const auto attacked = serve_the_honest(office, time, 2);
  attackers.clear();
  const auto afterwards = serve_the_honest(office, time, 3);
  watch = {};

  const auto say = [](const char* when, const Waits& waits) {
    std::printf(
        "%s: %zu answers, %zu refused; median %.1f ms, 99 in 100 %.1f ms, longest %.1f ms\n", when,
        waits.each.size(), waits.refused, waits.at(0.5), waits.at(0.99), waits.at(1));
  };
  std::printf("%zu hostile clients for %lld s\n", clients, static_cast<long long>(time.count()));
  say("before", quiet);
  say("meanwhile", attacked);
  say("afterwards", afterwards);
  std::printf("memory: %zu MiB before, %zu MiB at most, %zu MiB afterwards\n", before / 1024,
              most / 1024, office.resident_kib() / 1024);
  for (const auto* waits : {&quiet, &attacked, &afterwards}) {
    EXPECT_EQ(waits->refused, 0U);
    EXPECT_GT(waits->each.size(), 0U);  // how long they waited is for docs/security.md
  }
  // Bodies and answers may take 512 MiB, passwords 64 for each two processors, connections some
  // KiB.
  EXPECT_LT(most - before, (std::size_t{1} << 20U) + clients * 64);
}

}  // namespace
}  // namespace regmark
