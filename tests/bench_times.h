// Times of single questions, for benchmarks that show the slow ones too. Never included by a
// program.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace regmark::testing {

// The time at that share of them, in order: 0.5 is the middle one. 0 of none.
inline double milliseconds_at(std::vector<double>& milliseconds, double share) {
  if (milliseconds.empty()) return 0;
  const auto at =
      std::min(milliseconds.size() - 1,
               static_cast<std::size_t>(static_cast<double>(milliseconds.size()) * share));
  std::ranges::nth_element(milliseconds, milliseconds.begin() + static_cast<std::ptrdiff_t>(at));
  return milliseconds[at];
}

inline double milliseconds_since(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun)
      .count();
}

}  // namespace regmark::testing
