// A site's file with who attested where each camera stands, by the cameras' books too.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// As it stood then, or now: the latest attestation of a book stands in the place of an earlier one.
// Fails as Estate::site_file and CameraBook::entries do.
Result<estate::SiteFile> attested_file(const Desk& desk, const audit::Receipt& receipt,
                                       const base::SiteId& site,
                                       std::optional<base::UtcTime> as_of);

}  // namespace regmark::desk
