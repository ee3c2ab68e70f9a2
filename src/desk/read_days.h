// Shows what is kept of each day and short slice, and until when.
#pragma once

#include <algorithm>

#include "desk/desk.h"

namespace regmark::desk {

// What is kept for so long of a day goes at this time.
inline base::UtcTime kept_until(base::UtcDay day, std::chrono::days kept) {
  return day + std::chrono::days{1} + kept;
}

// What stays for minutes goes with its slice, and is gone by this time: the policy says how long it
// may stay at most.
inline base::UtcTime gone_by(const sightings::Span& span, const access::Policy& policy) {
  const auto& kept = policy.non_hits();
  return span.from + (kept ? kept->most : std::chrono::minutes{0});
}
// So it goes a little earlier, within as long as this: the office looks once a minute, and counts
// what it meets as a minute older than it knows.
inline constexpr std::chrono::minutes goes_within{2};
inline base::UtcTime kept_until(const sightings::Span& span, const access::Policy& policy) {
  return std::max(span.from, gone_by(span, policy) - goes_within);
}

// Every day that is kept, and every short slice of one, and the newest `gone` of those that are
// not, newest first. Fails as sightings::Store::days does.
Result<Answer<std::vector<sightings::DayInfo>>> read_days(const Desk& desk, const Asker& asker,
                                                          std::size_t gone);

}  // namespace regmark::desk
