// Shows sites, deployments and cameras, and why each may collect; a site's file, and what is due.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

Result<Answer<std::vector<estate::SiteRecord>>> read_sites(const Desk& desk, const Asker& asker);
Result<Answer<std::vector<estate::DeploymentRecord>>> read_deployments(const Desk& desk,
                                                                       const Asker& asker);
Result<Answer<std::vector<estate::CameraRecord>>> read_cameras(const Desk& desk,
                                                               const Asker& asker);

// As it stood then, or now; who attested where each camera stands, by its book too.
Result<Answer<estate::SiteFile>> read_site_file(const Desk& desk, const Asker& asker,
                                                const base::SiteId& site,
                                                std::optional<base::UtcTime> as_of);
Result<Answer<estate::DeploymentFile>> read_deployment_file(const Desk& desk, const Asker& asker,
                                                            const base::DeploymentId& deployment,
                                                            std::optional<base::UtcTime> as_of);
Result<Answer<std::vector<estate::PaperRecord>>> read_camera_papers(const Desk& desk,
                                                                    const Asker& asker,
                                                                    const base::CameraId& camera);
Result<Answer<base::Bytes>> read_evidence(const Desk& desk, const Asker& asker,
                                          const base::Digest& sha256);
Result<Answer<estate::MatrixRecord>> read_matrix(const Desk& desk, const Asker& asker,
                                                 const estate::WhichMatrix& which);
Result<Answer<std::vector<estate::ReviewDue>>> read_reviews(const Desk& desk, const Asker& asker);
// What was stopped and was not taken down to the end.
Result<Answer<std::vector<estate::ToTakeDown>>> read_taking_down(const Desk& desk,
                                                                 const Asker& asker);
// Which cameras would stop by the end of that day if nobody did anything.
Result<Answer<std::vector<estate::WouldStop>>> read_would_stop(const Desk& desk, const Asker& asker,
                                                               base::UtcDay day);

}  // namespace regmark::desk
