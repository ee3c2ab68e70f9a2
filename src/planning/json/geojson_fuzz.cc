// Any bytes either fail cleanly or give a network that holds together.
#include <cstdint>
#include <numeric>

#include "base/check.h"
#include "planning/json/geojson.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regmark::planning;
  const auto network = read_geojson({reinterpret_cast<const char*>(data), size});
  if (!network) return 0;
  const auto sizes = network->island_sizes();
  REGMARK_CHECK(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}) ==
                network->junctions().size());
  for (const auto& road : network->roads()) {
    REGMARK_CHECK(road.from < network->junctions().size() && road.to < network->junctions().size());
    REGMARK_CHECK(road.shape.size() >= 2 && road.length_m >= 0);
    REGMARK_CHECK(network->road(road.id).has_value());
  }
  return 0;
}
