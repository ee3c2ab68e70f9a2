// Puts together what the records hold of a site's cameras since its last review (7.2, 7.3).
#pragma once

#include "desk/desk.h"
#include "estate/review_evidence.h"

namespace regmark::desk {

// For the log.
inline std::uint64_t rows_in(const estate::ReviewEvidence& evidence) {
  return evidence.cameras.size();
}

// Of the days from the last review, or from when the site went live, up to yesterday: so that what
// somebody sees, and what their review names, are the same all day. Counting reads is the program's
// own work, and on record as such. Fails as the rooms do that are asked.
Result<Answer<estate::ReviewEvidence>> read_review_evidence(const Desk& desk, const Asker& asker,
                                                            const base::SiteId& site);

}  // namespace regmark::desk
