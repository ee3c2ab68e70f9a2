// Any bytes either fail cleanly or give inputs that can be laid on a network, or cannot.
#include <cstdint>

#include "base/check.h"
#include "planning/json/inputs.h"
#include "planning/planning_testing.h"
#include "planning/problem.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::planning;
  static const Network town = made_up_town(4, 1);
  const auto inputs = read_inputs({reinterpret_cast<const char*>(data), size});
  if (!inputs) return 0;
  REGMARK_CHECK(inputs->cover >= 1 && inputs->cover <= cover_max);
  const auto problem = lay_out(town, *inputs);
  if (!problem) return 0;
  REGMARK_CHECK(!problem->sites.empty() && !problem->demands.empty());
  for (const auto& site : problem->sites) REGMARK_CHECK(site.privacy >= 0 && site.money >= 0);
  return 0;
}
