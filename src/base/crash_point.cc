#include "base/crash_point.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace regmark::base {
namespace {

struct Plan {
  std::atomic<long> left{0};  // calls until the crash; 0 or less: never
  std::atomic<const char*> named{nullptr};

  Plan() {
    const char* at = std::getenv("REGMARK_CRASH_AT");  // NOLINT(concurrency-mt-unsafe): read once
    if (at != nullptr) left = std::strtol(at, nullptr, 10);
    named = std::getenv("REGMARK_CRASH_NAMED");  // NOLINT(concurrency-mt-unsafe): read once
  }
};

Plan& plan() {
  static Plan the_plan;
  return the_plan;
}

}  // namespace

void crash_point(const char* name) {
  if (plan().left.load(std::memory_order_relaxed) <= 0) return;
  const char* named = plan().named;
  if (named != nullptr && std::strcmp(named, name) != 0) return;
  if (plan().left.fetch_sub(1) == 1) std::raise(SIGKILL);
}

void plan_crash(long at, const char* named) {
  plan().named = named;
  plan().left = at;
}

}  // namespace regmark::base
