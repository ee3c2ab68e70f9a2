// Any bytes are read or fail cleanly, by every reader; and the check says what reading says.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "surroundings/check_data.h"

using namespace regmark;
using namespace regmark::surroundings;

namespace {

bool passes(DataKind kind, std::string_view csv) {
  return check_data(kind, csv).mistakes.empty();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view csv(reinterpret_cast<const char*>(data), size);
  const auto cells = read_population(csv);
  REGMARK_CHECK(cells.has_value() == passes(DataKind::population, csv));
  if (cells) {
    for (const auto& cell : *cells) REGMARK_CHECK(cell.residents >= 0);
  }
  if (const auto counts = read_traffic(csv)) REGMARK_CHECK(!counts->empty());
  if (const auto places = read_settlements(csv)) {
    for (const auto& place : *places) REGMARK_CHECK(place.area.radius_m > 0);
  }
  if (const auto crimes = read_crime(csv)) {
    for (const auto& crime : *crimes) REGMARK_CHECK(!crime.area.empty());
  }
  const auto points = read_points(csv);
  REGMARK_CHECK(points.has_value() == passes(DataKind::points, csv));
  if (points) REGMARK_CHECK(!points->empty());
  return 0;
}
