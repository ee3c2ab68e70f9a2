#include "camera_register/internal/grounds.h"

#include <iterator>
#include <map>
#include <vector>

namespace regmark::camera_register::internal {

namespace {

// Of what was said of one ground again: since when, as it was said last; otherwise the first.
std::vector<GroundSaid> each_once(std::span<const GroundSaid> said) {
  std::vector<GroundSaid> once;
  for (const auto& one : said) {
    if (once.empty() || once.back().ground != one.ground) {
      once.push_back(one);
    } else if (one.from) {
      once.back() = one;
    }
  }
  return once;
}

}  // namespace

Ground ground_on(std::span<const GroundSaid> said, base::UtcDay day) {
  std::map<base::UtcDay, Ground> since{{base::UtcDay::min(), Ground::not_recorded}};
  for (const auto& one : each_once(said)) {
    if (!one.from && one.ground == since.rbegin()->second) continue;
    const bool is_first = since.size() == 1 && since.begin()->second == Ground::not_recorded;
    const auto from = one.from.value_or(is_first ? base::UtcDay::min() : one.on);
    since.erase(since.lower_bound(from), since.end());
    since[from] = one.ground;
  }
  const auto next = since.upper_bound(day);
  return next == since.begin() ? Ground::not_recorded : std::prev(next)->second;
}

}  // namespace regmark::camera_register::internal
