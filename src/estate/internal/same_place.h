// Whether short deployments, one after another at the same place, would together stand for twelve
// months: what does takes the full path (1.4), whatever it is called each time.
#pragma once

#include "estate/internal/snapshot.h"

namespace regmark::estate::internal {

// Of a site of under twelve months, or a deployment, that is to stand until then. Counted with it
// is each other short one within same_place_m, of those that are kept apart like it or not like it,
// that stood at some time in the year before; not one that was let begin on the full path. Times
// at which several stood count once. Fails with
//   conflict   together they would stand for longer
Result<void> check_same_place(const Snapshot& snapshot, const SiteRow& site, base::UtcTime now,
                              base::UtcTime until, const assessment::LifeRules& rules);
Result<void> check_same_place(const Snapshot& snapshot, const DeploymentRow& deployment,
                              base::UtcTime now, base::UtcTime until,
                              const assessment::LifeRules& rules);

// An emergency closes by itself, and is not begun again under another id: none at a place where
// another stands, or stood within emergency_again. Anything but an emergency passes. Fails with
//   conflict   which it is, and until when it stands or stood
Result<void> check_first_emergency(const Snapshot& snapshot, const NewSite& site, base::UtcTime now,
                                   const assessment::LifeRules& rules);

}  // namespace regmark::estate::internal
