// Finds vehicles that were seen with a given one, again and again.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// The store looks at nothing that the permit does not cover, and gives no more meetings than the
// permit has rows. Fails as sightings::Store::convoy does.
Result<Answer<sightings::Convoy>> find_convoys(const Desk& desk, const Asker& asker,
                                               const sightings::ConvoyQuery& query,
                                               std::size_t rows);

}  // namespace regmark::desk
