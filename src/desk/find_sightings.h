// Finds sightings for a line of enquiry.
#pragma once

#include "desk/desk.h"
#include "desk/note_search.h"

namespace regmark::desk {

// The store cuts the query down to what the permit covers. Fails as sightings::Store::find does.
Result<Answer<sightings::Page>> find_sightings(const Desk& desk, const Asker& asker,
                                               const sightings::Query& query);

// Whether it goes on with an earlier one. (A store takes no `after` but of the same question.)
PageOf page_of(const sightings::Query& query);

// The scope a query asks for.
access::Scope scope_of(const sightings::Query& query);

}  // namespace regmark::desk
