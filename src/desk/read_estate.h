// Shows sites, deployments and cameras, and why each may collect.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

Result<Answer<std::vector<estate::SiteRecord>>> read_sites(const Desk& desk, const Asker& asker);
Result<Answer<std::vector<estate::DeploymentRecord>>> read_deployments(const Desk& desk,
                                                                       const Asker& asker);
Result<Answer<std::vector<estate::CameraRecord>>> read_cameras(const Desk& desk,
                                                               const Asker& asker);

}  // namespace regmark::desk
