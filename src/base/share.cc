#include "base/share.h"

#include <algorithm>
#include <cmath>

namespace regmark::base {
namespace {

// Both ends of Wilson's interval are the middle with or without this.
struct Interval {
  double middle = 0, half = 0;
};
Interval wilson(const Share& share) {
  if (share.whole == 0) return {0.5, 0.5};
  constexpr double z = 1.959964;
  const auto n = static_cast<double>(share.whole);
  const double p = share.value(), scale = 1 + z * z / n;
  return {(p + z * z / (2 * n)) / scale,
          z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale};
}

}  // namespace

double Share::value() const {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}
double Share::low() const {
  const auto [middle, half] = wilson(*this);
  return std::max(0.0, middle - half);
}
double Share::high() const {
  const auto [middle, half] = wilson(*this);
  return std::min(1.0, middle + half);
}

}  // namespace regmark::base
