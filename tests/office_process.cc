#include "office_process.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "base/check.h"
#include "office_testing.h"

namespace regmark::testing {
namespace {

// What the office's process does: opens, says how it is reached, and waits for its end.
void run(std::size_t cameras, const std::vector<std::string>& listed, int until, int says) {
  // On a disk and by the clock on the wall, as a real one.
  const auto folder = std::filesystem::temp_directory_path() / base::random_id("regmark-office");
  const base::SystemClock clock;
  server::Settings settings;
  settings.data = folder;
  settings.listen.port = 0;
  auto office = server::Office::open(settings, clock, test_pages()).value();
  Staff staff(office->port(), office->first_code().value(), clock);
  std::string csv = "vrm\n";
  for (const auto& plate : listed) csv += plate + "\n";
  staff.make_list("bench", csv);
  Json about{{"port", office->port()}, {"watcher", staff.role("operator").token}};
  for (std::size_t at = 0; at < cameras; ++at) {
    const auto number = std::to_string(at);
    about["cameras"].push_back(staff.camera("camera-" + number, "site-" + number).token);
  }
  // A batch reaches back half a second, and no camera may hand in what it saw before it was live.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  const auto text = about.dump() + "\n";
  REGMARK_CHECK(::write(says, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  char end = 0;
  while (::read(until, &end, 1) > 0) {
  }
  office.reset();
  std::filesystem::remove_all(folder);
}

std::string line_from(int file) {
  std::string line;
  char next = 0;
  while (::read(file, &next, 1) == 1 && next != '\n') line += next;
  return line;
}

}  // namespace

OfficeProcess::OfficeProcess(std::size_t cameras, const std::vector<std::string>& listed) {
  int until[2];
  int says[2];
  REGMARK_CHECK(::pipe(until) == 0 && ::pipe(says) == 0);
  process_ = ::fork();
  REGMARK_CHECK(process_ >= 0);
  if (process_ == 0) {
    ::close(until[1]);
    ::close(says[0]);
    run(cameras, listed, until[0], says[1]);
    ::_exit(0);
  }
  ::close(until[0]);
  ::close(says[1]);
  until_ = until[1];
  const auto about = Json::parse(line_from(says[0]));
  ::close(says[0]);
  port_ = about.at("port").get<std::uint16_t>();
  watcher_ = about.at("watcher").get<std::string>();
  cameras_ = about.at("cameras").get<std::vector<std::string>>();
}

OfficeProcess::~OfficeProcess() {
  ::close(until_);
  ::waitpid(process_, nullptr, 0);
}

std::size_t OfficeProcess::resident_kib() const {
  // proc(5): the second figure of statm is the resident size in pages.
  std::ifstream file("/proc/" + std::to_string(process_) + "/statm");
  std::size_t whole = 0, resident = 0;
  file >> whole >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 1024;
}

double OfficeProcess::processor_seconds() const {
  // proc(5): fields 14 and 15 are the ticks in user and system mode; the second, in parentheses,
  // may hold blanks.
  std::ifstream file("/proc/" + std::to_string(process_) + "/stat");
  std::string text(std::istreambuf_iterator<char>(file), {});
  REGMARK_CHECK(text.find(')') != std::string::npos);
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double own_processor_seconds() {
  rusage used{};
  REGMARK_CHECK(::getrusage(RUSAGE_SELF, &used) == 0);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace regmark::testing
