// Keeps what a case needs past the end of retention.
#pragma once

#include "desk/desk.h"
#include "desk/told.h"

namespace regmark::desk {

// Gives how many reads the hold holds, and by the end of which day it is reviewed. Fails as
// holds::Holds::make and sightings::Store::hold do.
Result<Answer<Held>> hold_sightings(const Desk& desk, const Asker& asker, const base::HoldId& hold,
                                    const sightings::Query& query, base::UtcDay review);

}  // namespace regmark::desk
