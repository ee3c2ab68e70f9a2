// Shows who may sign in, with which roles, and what they belong to.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

Result<Answer<std::vector<people::PersonRecord>>> read_people(const Desk& desk, const Asker& asker);

// And the organisations that there are, and were.
Result<Answer<std::vector<people::OrganisationRecord>>> read_organisations(const Desk& desk,
                                                                           const Asker& asker);

}  // namespace regmark::desk
