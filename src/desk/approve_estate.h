// Approves what another person proposed, extends it, and finds it assessed.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// All fail as estate::Estate does.
Result<Answer<Nothing>> approve_site(const Desk& desk, const Asker& asker,
                                     const base::SiteId& site);
Result<Answer<Nothing>> approve_deployment(const Desk& desk, const Asker& asker,
                                           const base::DeploymentId& deployment);
Result<Answer<Nothing>> assess_site(const Desk& desk, const Asker& asker, const base::SiteId& site);
Result<Answer<Nothing>> review_site(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                    const estate::Grounds& grounds);
// Finds a deployment needed for longer.
Result<Answer<Nothing>> review_deployment(const Desk& desk, const Asker& asker,
                                          const base::DeploymentId& deployment,
                                          const estate::Extension& extension);

}  // namespace regmark::desk
