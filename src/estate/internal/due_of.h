// What is due of the estate as it stands in memory. Nothing that is kept apart is among it.
#pragma once

#include <vector>

#include "estate/due.h"
#include "estate/internal/snapshot.h"

namespace regmark::estate::internal {

// In the order of their ids, of the same place each review before the impact assessment, and
// that before signs and public information.
std::vector<ReviewDue> sites_due(const Snapshot& snapshot, const assessment::LifeRules& rules,
                                 base::UtcDay today);
// Those that have not ended.
std::vector<DeploymentDue> deployments_due(const Snapshot& snapshot,
                                           const assessment::LifeRules& rules, base::UtcTime now);
DueCounts counts_due(const Snapshot& snapshot, const assessment::LifeRules& rules,
                     base::UtcTime now);

}  // namespace regmark::estate::internal
