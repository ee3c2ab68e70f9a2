// What is held for a case: seen by those who work on it, reviewed, and released.
#pragma once

#include "desk/desk.h"
#include "desk/told.h"

namespace regmark::desk {

// Of any age, under the hold's own case. Fails as sightings::Store::find does. A hold that nobody
// knows is refused.
Result<Answer<sightings::Page>> read_held(const Desk& desk, const Asker& asker,
                                          const base::HoldId& hold, const sightings::Query& query);
Result<Answer<base::Bytes>> see_held_picture(const Desk& desk, const Asker& asker,
                                             const base::HoldId& hold, const plate::ReadId& read,
                                             plate::PictureKind kind);

// These fail as the functions of holds::Holds do.
Result<Answer<holds::Record>> keep_hold_on(const Desk& desk, const Asker& asker,
                                           const base::HoldId& hold, base::UtcDay review,
                                           std::string_view words);
// Erases what was copied out for it. Its owner's to do, under review_hold; anybody else's under
// release_others_hold.
Result<Answer<Released>> release_hold(const Desk& desk, const Asker& asker,
                                      const base::HoldId& hold, std::string_view words);
// With the plates of those alone that the person may see or release: under the purpose they state,
// or, of their own ones, under that which they stated then.
Result<Answer<std::vector<holds::Record>>> read_holds(const Desk& desk, const Asker& asker,
                                                      std::size_t count);

}  // namespace regmark::desk
