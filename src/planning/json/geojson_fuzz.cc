// Any bytes either fail cleanly or give a network that holds together.
#include <cstdint>

#include "planning/json/geojson.h"
#include "planning/planning_testing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::planning;
  const auto network = read_geojson({reinterpret_cast<const char*>(data), size});
  if (network) check_whole(*network);
  return 0;
}
