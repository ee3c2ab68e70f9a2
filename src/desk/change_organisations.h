// Adds organisations, says anew what they are and part of what, closes them.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// All fail as people::Organisations does.
Result<Answer<Nothing>> add_organisation(const Desk& desk, const Asker& asker,
                                         const base::OrganisationId& id,
                                         const people::OrganisationAbout& about);
Result<Answer<Nothing>> change_organisation(const Desk& desk, const Asker& asker,
                                            const base::OrganisationId& id,
                                            const people::OrganisationAbout& about);
// Also fails with
//   conflict   it leaves open reviews, holds or subject requests: nobody would answer for them
Result<Answer<Nothing>> close_organisation(const Desk& desk, const Asker& asker,
                                           const base::OrganisationId& id);

}  // namespace regmark::desk
