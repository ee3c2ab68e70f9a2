// Proposes and stops sites and deployments; installs and stops cameras.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// All fail as estate::Estate does.
Result<Answer<Nothing>> propose_site(const Desk& desk, const Asker& asker,
                                     const estate::NewSite& site);
Result<Answer<Nothing>> propose_deployment(const Desk& desk, const Asker& asker,
                                           const estate::NewDeployment& deployment);
Result<Answer<Nothing>> stop_site(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                  std::string_view reason);
Result<Answer<Nothing>> stop_deployment(const Desk& desk, const Asker& asker,
                                        const base::DeploymentId& deployment,
                                        std::string_view reason);
// Both give the camera's bearer token, which is shown this once. What is given beside a camera is
// written into the register with it, or neither is; when it came, the estate itself knows. Fails as
// camera_register::CameraRegister does, too.
Result<Answer<std::string>> commission_camera(
    const Desk& desk, const Asker& asker, const estate::NewCamera& camera,
    const std::optional<camera_register::NewParticulars>& beside = std::nullopt);
Result<Answer<std::string>> renew_camera_token(const Desk& desk, const Asker& asker,
                                               const base::CameraId& camera);
Result<Answer<Nothing>> stop_camera(const Desk& desk, const Asker& asker,
                                    const base::CameraId& camera, std::string_view reason);

}  // namespace regmark::desk
