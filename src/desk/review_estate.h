// The yearly review of a site and each of its cameras.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// The course that its answers took. What the records hold of the cameras is put together first,
// kept as a file, and named by the review as evidence of whether it met its aims: nobody reviews
// without it. Looking, keeping and reviewing are each on record. Fails as estate::Estate and
// read_review_evidence() do.
Result<Answer<assessment::ReviewCourse>> review_site_of_year(const Desk& desk, const Asker& asker,
                                                             const base::SiteId& site,
                                                             const assessment::Paper& review,
                                                             base::UtcDay next);

}  // namespace regmark::desk
