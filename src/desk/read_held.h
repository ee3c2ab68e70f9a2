// What is held for a case: seen by those who work on it, reviewed, and released.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Of any age, under the hold's own case. Fails as sightings::Store::find does. A hold that nobody
// knows is refused.
Result<Answer<sightings::Page>> read_held(const Desk& desk, const Asker& asker,
                                          const base::HoldId& hold, const sightings::Query& query);
Result<Answer<base::Bytes>> see_held_picture(const Desk& desk, const Asker& asker,
                                             const base::HoldId& hold, const plate::ReadId& read,
                                             plate::PictureKind kind);

// Fail as the functions of holds::Holds do.
Result<Answer<holds::Record>> keep_hold_on(const Desk& desk, const Asker& asker,
                                           const base::HoldId& hold, base::UtcDay review,
                                           std::string_view words);
// Erases what was copied out for it. Gives how many reads it held.
Result<Answer<std::uint64_t>> release_hold(const Desk& desk, const Asker& asker,
                                           const base::HoldId& hold, std::string_view words);
Result<Answer<std::vector<holds::Record>>> read_holds(const Desk& desk, const Asker& asker,
                                                      std::size_t count);

}  // namespace regmark::desk
