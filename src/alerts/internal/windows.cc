#include "alerts/internal/windows.h"

#include <algorithm>

namespace regmark::alerts::internal {

namespace {

bool stands_in_the_way(const Windows::Worth& standing, const Windows::Worth& coming) {
  using watchlist::Grade;
  return (standing.live || !coming.live) && (standing.has_picture || !coming.has_picture) &&
         (standing.grade != Grade::near || coming.grade == Grade::near);
}

}  // namespace

bool Windows::is_taken(const Key& key, base::UtcTime observed, const Worth& worth,
                       std::chrono::seconds window) const {
  const auto found = taken_.find(key);
  if (found == taken_.end()) return false;
  return std::ranges::any_of(found->second, [&](const Taken& taken) {
    const auto apart =
        taken.observed < observed ? observed - taken.observed : taken.observed - observed;
    return apart < window && stands_in_the_way(taken.worth, worth);
  });
}

void Windows::take(const Key& key, const Taken& taken) {
  release(key, taken.alert);
  taken_[key].push_back(taken);
  expiries_.emplace(std::pair{taken.expires, taken.alert}, key);
  if (expiries_.size() > size_max_) release_first();
}

void Windows::revalue(const Key& key, const base::AlertId& alert, const Worth& worth) {
  const auto found = taken_.find(key);
  if (found == taken_.end()) return;
  for (auto& taken : found->second) {
    if (taken.alert == alert) taken.worth = worth;
  }
}

void Windows::release(const Key& key, const base::AlertId& alert) {
  const auto found = taken_.find(key);
  if (found == taken_.end()) return;
  auto& all = found->second;
  const auto taken = std::ranges::find(all, alert, &Taken::alert);
  if (taken == all.end()) return;
  expiries_.erase({taken->expires, alert});
  all.erase(taken);
  if (all.empty()) taken_.erase(found);
}

void Windows::release_first() {
  const auto [expiry, key] = *expiries_.begin();
  release(key, expiry.second);
}

void Windows::erase(base::UtcDay day) {
  std::vector<std::pair<Key, base::AlertId>> gone;
  for (const auto& [key, all] : taken_) {
    for (const auto& taken : all) {
      if (base::day_of(taken.observed) == day) gone.emplace_back(key, taken.alert);
    }
  }
  for (const auto& [key, alert] : gone) release(key, alert);
}

void Windows::forget_expired(base::UtcTime now) {
  while (!expiries_.empty() && expiries_.begin()->first.first <= now) release_first();
}

}  // namespace regmark::alerts::internal
