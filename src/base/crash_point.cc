#include "base/crash_point.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace regmark::base {
namespace {

struct Plan {
  long at = 0;  // 0: never
  const char* named = nullptr;
};

Plan read_plan() {
  const char* at = std::getenv("REGMARK_CRASH_AT");  // NOLINT(concurrency-mt-unsafe): read once
  const char* named = std::getenv("REGMARK_CRASH_NAMED");  // NOLINT(concurrency-mt-unsafe)
  return {.at = at == nullptr ? 0 : std::strtol(at, nullptr, 10), .named = named};
}

}  // namespace

void crash_point(const char* name) {
  static const Plan plan = read_plan();
  static std::atomic<long> calls{0};
  if (plan.at == 0) return;
  if (plan.named != nullptr && std::strcmp(plan.named, name) != 0) return;
  if (calls.fetch_add(1) + 1 == plan.at) std::raise(SIGKILL);
}

}  // namespace regmark::base
