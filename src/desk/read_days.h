// Shows what is kept of each day, and until when.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// What is kept for so long of a day goes at this time.
inline base::UtcTime kept_until(base::UtcDay day, std::chrono::days kept) {
  return day + std::chrono::days{1} + kept;
}

// Every day that is kept, and the newest `gone` of those that are not, newest first. Fails as
// sightings::Store::days does.
Result<Answer<std::vector<sightings::DayInfo>>> read_days(const Desk& desk, const Asker& asker,
                                                          std::size_t gone);

}  // namespace regmark::desk
