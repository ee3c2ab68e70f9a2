// A place as the steps until then made it.
#pragma once

#include "estate/internal/snapshot.h"

namespace regmark::estate::internal {

SiteRow as_it_stood(const SiteRow& row, base::UtcTime as_of, const assessment::LifeRules& rules);
DeploymentRow as_it_stood(const DeploymentRow& row, base::UtcTime as_of);

}  // namespace regmark::estate::internal
