// An office and a sender that are killed again and again while a camera hands in its reads: what
// the sender's disk acknowledged is in the office at the end, each read once, and the audit log
// still proves itself. REGMARK_KILLS says how often; REGMARK_SEED repeats a run.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "audit/audit_testing.h"
#include "base/files_testing.h"
#include "office_testing.h"
#include "plate/read.h"
#include "relay/sender.h"

namespace regmark {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Json;

constexpr std::string_view camera_name = "camera-1";

std::string setting(const char* name, const std::string& otherwise = {}) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? otherwise : value;
}

// --- The sender's process ------------------------------------------------------------------------

relay::Item an_item(const std::string& event, base::UtcTime now) {
  auto read = testing::a_read(event, "AB12CDE", now);
  read.erase("sent");
  relay::Item item{.read = read.dump(), .plate_picture = {}, .overview_picture = {}};
  const auto picture = testing::picture_bytes();
  item.overview_picture.assign(picture.begin(), picture.end());
  return item;
}

// Spools reads and sends them until it is killed; says each that is on its disk.
int send_until_killed() {
  const base::SystemClock clock;
  const auto spool =
      relay::Spool::open({.folder = setting("REGMARK_TEST_SPOOL"), .key = base::Key{7}});
  REGMARK_CHECK(spool.has_value());
  const auto sender = relay::Sender::start({.office = setting("REGMARK_TEST_OFFICE"),
                                            .camera = base::CameraId::parse(camera_name).value(),
                                            .token = setting("REGMARK_TEST_TOKEN"),
                                            .wait_max = 500ms},
                                           **spool, clock, [](const std::string& text) {
                                             std::fprintf(stderr, "says %s\n", text.c_str());
                                           });
  REGMARK_CHECK(sender.has_value());
  const auto run = setting("REGMARK_TEST_RUN");
  const int count = std::atoi(setting("REGMARK_TEST_COUNT").c_str());
  for (int at = 0; at < count; ++at) {
    const auto event = run + "-" + std::to_string(at);
    REGMARK_CHECK((*spool)->add(an_item(event, clock.now())).has_value());
    (*sender)->wake();
    const auto line = event + "\n";
    const auto written = ::write(STDERR_FILENO, line.data(), line.size());
    REGMARK_CHECK(written == static_cast<ssize_t>(line.size()));
    std::this_thread::sleep_for(1ms);
  }
  return (*sender)->drain(60s) ? EXIT_SUCCESS : EXIT_FAILURE;
}

// --- Processes to be killed ----------------------------------------------------------------------

class Process {
 public:
  // What it writes to its standard error goes to the end of `output`.
  Process(const std::vector<std::string>& command, const fs::path& output) {
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    process_ = ::fork();
    if (process_ != 0) return;
    const int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(file, STDERR_FILENO);
    ::dup2(file, STDOUT_FILENO);
    ::execv(words.front(), words.data());
    ::_exit(127);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    if (process_ > 0) end(SIGKILL);
  }
  // Gives its exit status, or 128 and the signal.
  int end(int signal) {
    if (signal != 0) ::kill(process_, signal);
    int status = 0;
    ::waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t process_ = -1;
};

std::uint16_t free_port() {
  const int file = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REGMARK_CHECK(::bind(file, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                ::getsockname(file, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  ::close(file);
  return ntohs(address.sin_port);
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Kills : public ::testing::Test {
 protected:
  std::unique_ptr<Process> start_office() const {
    return std::make_unique<Process>(
        std::vector<std::string>{REGMARK_PROGRAM, "serve", "--data", (folder / "data").string(),
                                 "--listen", "127.0.0.1:" + std::to_string(port)},
        folder / "office.log");
  }
  bool office_answers() const {
    for (int tries = 0; tries < 600; ++tries, std::this_thread::sleep_for(50ms)) {
      const int file = ::socket(AF_INET, SOCK_STREAM, 0);
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(port);
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      const bool is_open =
          ::connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
      ::close(file);
      if (is_open && testing::ask(port, "GET", "/healthz").status == 200) return true;
    }
    return false;
  }
  std::unique_ptr<Process> start_sender(const std::string& token, int run, int count) const {
    ::setenv("REGMARK_TEST_SPOOL", (folder / "spool").c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
    ::setenv("REGMARK_TEST_OFFICE", ("http://127.0.0.1:" + std::to_string(port)).c_str(), 1);
    ::setenv("REGMARK_TEST_TOKEN", token.c_str(), 1);
    ::setenv("REGMARK_TEST_RUN", ("run" + std::to_string(run)).c_str(), 1);
    ::setenv("REGMARK_TEST_COUNT", std::to_string(count).c_str(), 1);
    return std::make_unique<Process>(std::vector<std::string>{"/proc/self/exe", "send"},
                                     folder / "sender.log");
  }
  std::string first_code() const {
    const auto said = text_of(folder / "office.log");
    const auto at = said.find("one-time code: ");
    return at == std::string::npos
               ? ""
               : said.substr(at + 15, std::string("xxxx-xxxx-xxxx-xxxx").size());
  }
  // The reads that the sender's disk acknowledged: their events by their ids.
  std::map<std::string, std::string> acknowledged() const {
    std::map<std::string, std::string> ids;
    std::istringstream lines(text_of(folder / "sender.log"));
    const auto camera = base::CameraId::parse(camera_name).value();
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("run")) ids.emplace(plate::ReadId::of(camera, line).text(), line);
    }
    return ids;
  }

  base::TestFolder place;
  const fs::path& folder = place.path();
  std::uint16_t port = free_port();
  base::SystemClock clock;
};

std::vector<std::string> all_found(const testing::Client& investigator, base::UtcTime from,
                                   base::UtcTime until) {
  std::vector<std::string> ids;
  Json search{{"purpose", testing::a_purpose()},
              {"plate", "AB12CDE"},
              {"from", base::format_utc(from)},
              {"until", base::format_utc(until)},
              {"rows", 1'000}};
  while (true) {
    const auto page = investigator.post("/v1/searches", search);
    EXPECT_EQ(page.status, 200) << page.body;
    if (page.status != 200) return ids;
    const auto body = page.json();
    for (const auto& read : body.at("sightings")) ids.push_back(read.at("id"));
    const auto next = body.at("next").get<std::string>();
    if (next.empty()) return ids;
    search["after"] = next;
  }
}

TEST_F(Kills, LoseNoRead) {
  const int kills = std::atoi(setting("REGMARK_KILLS", "8").c_str());
  const auto seed = std::stoul(setting("REGMARK_SEED", "1"));
  SCOPED_TRACE("REGMARK_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  const auto begun = clock.now();

  auto office = start_office();
  ASSERT_TRUE(office_answers()) << text_of(folder / "office.log");
  testing::Staff staff(port, first_code(), clock);
  const auto token = staff.camera(std::string(camera_name), "site-1").token;
  int run = 0;
  auto sender = start_sender(token, run, 1'000'000);
  for (int kill = 0; kill < kills; ++kill) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100 + random() % 1'200));
    const auto whom = random() % 3;
    if (whom != 0) {
      office->end(SIGKILL);
      // Now and then the office stays away for a while.
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 2 * 700));
      office = start_office();
    }
    if (whom != 1) {
      sender->end(SIGKILL);
      sender = start_sender(token, ++run, 1'000'000);
    }
  }
  sender->end(SIGKILL);
  ASSERT_TRUE(office_answers()) << text_of(folder / "office.log");
  ASSERT_EQ(start_sender(token, ++run, 1)->end(0), 0) << text_of(folder / "sender.log");

  const auto want = acknowledged();
  const auto found = all_found(staff.role("investigator"), begun, clock.now());
  const std::set<std::string> once(found.begin(), found.end());
  EXPECT_EQ(once.size(), found.size()) << "a read is there twice";
  std::vector<std::string> lost;
  for (const auto& [id, event] : want) {
    if (!once.contains(id)) lost.push_back(event);
  }
  EXPECT_TRUE(lost.empty()) << lost.size() << " of " << want.size() << " lost, such as "
                            << lost.front();
  // Killed between the disk and the word: at most one read in each run is there unsaid.
  EXPECT_LE(once.size(), want.size() + static_cast<std::size_t>(run));
  EXPECT_GT(want.size(), static_cast<std::size_t>(kills) * 20);
  RecordProperty("reads", static_cast<int>(found.size()));

  ASSERT_EQ(office->end(SIGTERM), 0) << text_of(folder / "office.log");
  Process verify({REGMARK_PROGRAM, "audit", "verify", (folder / "data/audit").string(), "--key",
                  (folder / "data/audit.pub").string()},
                 folder / "verify.log");
  EXPECT_EQ(verify.end(0), 0) << text_of(folder / "verify.log");
}

}  // namespace
}  // namespace regmark

// "send": the process that is killed.
int main(int count, char** words) {
  if (count == 2 && std::string_view(words[1]) == "send") return regmark::send_until_killed();
  ::testing::InitGoogleTest(&count, words);
  return RUN_ALL_TESTS();
}
