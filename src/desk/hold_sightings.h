// Keeps what a case needs past the end of retention.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Gives how many reads the hold holds. Fails as sightings::Store::hold does.
Result<Answer<std::uint64_t>> hold_sightings(const Desk& desk, const Asker& asker,
                                             const base::HoldId& hold,
                                             const sightings::Query& query);

}  // namespace regmark::desk
