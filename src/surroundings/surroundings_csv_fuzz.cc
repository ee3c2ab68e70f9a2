// Any bytes are read or fail cleanly, by every reader.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "surroundings/csv.h"

using namespace regmark;
using namespace regmark::surroundings;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view csv(reinterpret_cast<const char*>(data), size);
  if (const auto cells = read_population(csv)) {
    for (const auto& cell : *cells) REGMARK_CHECK(cell.residents >= 0);
  }
  if (const auto counts = read_traffic(csv)) REGMARK_CHECK(!counts->empty());
  if (const auto places = read_settlements(csv)) {
    for (const auto& place : *places) REGMARK_CHECK(place.area.radius_m > 0);
  }
  if (const auto crimes = read_crime(csv)) {
    for (const auto& crime : *crimes) REGMARK_CHECK(!crime.area.empty());
  }
  if (const auto points = read_points(csv)) REGMARK_CHECK(!points->empty());
  return 0;
}
