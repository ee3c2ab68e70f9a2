// Finds sightings for a line of enquiry.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// The store cuts the query down to what the permit covers. Fails as sightings::Store::find does.
Result<Answer<sightings::Page>> find_sightings(const Desk& desk, const Asker& asker,
                                               const sightings::Query& query);

// The scope a query asks for.
access::Scope scope_of(const sightings::Query& query);

}  // namespace regmark::desk
