// The yearly review of a site and each of its cameras.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// The course that its answers took. Fails as estate::Estate does.
Result<Answer<assessment::ReviewCourse>> review_site_of_year(const Desk& desk, const Asker& asker,
                                                             const base::SiteId& site,
                                                             const assessment::Paper& review,
                                                             base::UtcDay next);

}  // namespace regmark::desk
