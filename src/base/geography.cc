#include "base/geography.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace regmark::base {
namespace {

constexpr double earth_radius_m = 6'371'008.8;

double radians(double degrees) {
  return degrees * std::numbers::pi / 180.0;
}

}  // namespace

Result<Position> make_position(double latitude, double longitude) {
  // Written so that a number that is none (NaN) fails as well.
  if (!(latitude >= -90 && latitude <= 90) || !(longitude >= -180 && longitude <= 180)) {
    return fail(ErrorCode::invalid_input,
                "latitude must lie within -90 and 90, longitude within -180 and 180");
  }
  return Position{latitude, longitude};
}

double distance_m(const Position& a, const Position& b) {
  const double up = std::sin(radians(b.latitude - a.latitude) / 2);
  const double across = std::sin(radians(b.longitude - a.longitude) / 2);
  const double chord =
      up * up + std::cos(radians(a.latitude)) * std::cos(radians(b.latitude)) * across * across;
  return 2 * earth_radius_m * std::asin(std::sqrt(std::clamp(chord, 0.0, 1.0)));
}

}  // namespace regmark::base
