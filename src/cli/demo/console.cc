#include "cli/demo/console.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace regmark::cli {
namespace {

std::atomic<bool> interrupted{false};

}  // namespace

void show_console(DemoOffice& office, const std::vector<Member>& members, Stage& stage) {
  stage.heading("The console");
  stage.line(office.address() + "/   sign in as:");
  std::size_t widest = 0;
  for (const auto& member : members) widest = std::max(widest, member.name.size());
  for (const auto& member : members) {
    stage.line("  " + member.name + std::string(widest + 2 - member.name.size(), ' ') +
               member.password);
  }
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const char* wait = std::getenv("DEMO_WAIT");
  if (wait != nullptr && std::string_view(wait) == "0") return;
  stage.line("It stays up until Ctrl-C.");
  std::signal(SIGINT, [](int) { interrupted = true; });
  std::signal(SIGTERM, [](int) { interrupted = true; });
  while (!interrupted && office.running())
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
}

}  // namespace regmark::cli
