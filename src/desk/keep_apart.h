// What is covert or stands under an authority by statute: proposed, approved, stopped and read by
// those whom the policy names for it, and by nobody else. Ids are made here, and mean nothing:
// nobody finds out by trying them.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

struct KeptApart {
  std::vector<estate::SiteRecord> sites;
  std::vector<estate::DeploymentRecord> deployments;
  std::vector<estate::CameraRecord> cameras;
};

// For the log.
inline std::uint64_t rows_in(const KeptApart& apart) {
  return apart.sites.size() + apart.deployments.size() + apart.cameras.size();
}

// The id of what is to be proposed or installed.
std::string id_apart();

// Whether the policy names them for it, so that a page knows what to offer. Nothing is read, and so
// nothing is put on record; whoever then looks says why, and is asked again.
bool may_read_apart(const Desk& desk, const Asker& asker);

// All fail as estate::Estate does.
Result<Answer<KeptApart>> read_apart(const Desk& desk, const Asker& asker);
// As it stood then, or now.
Result<Answer<estate::SiteFile>> read_apart(const Desk& desk, const Asker& asker,
                                            const base::SiteId& site,
                                            std::optional<base::UtcTime> as_of = {});
Result<Answer<estate::DeploymentFile>> read_apart(const Desk& desk, const Asker& asker,
                                                  const base::DeploymentId& deployment,
                                                  std::optional<base::UtcTime> as_of = {});
Result<Answer<Nothing>> propose_apart(const Desk& desk, const Asker& asker,
                                      const estate::NewSite& site);
Result<Answer<Nothing>> propose_apart(const Desk& desk, const Asker& asker,
                                      const estate::NewDeployment& deployment);
Result<Answer<Nothing>> approve_apart(const Desk& desk, const Asker& asker,
                                      const base::SiteId& site);
Result<Answer<Nothing>> approve_apart(const Desk& desk, const Asker& asker,
                                      const base::DeploymentId& deployment);
Result<Answer<Nothing>> stop_apart(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                   std::string_view reason);
Result<Answer<Nothing>> stop_apart(const Desk& desk, const Asker& asker,
                                   const base::DeploymentId& deployment, std::string_view reason);
Result<Answer<Nothing>> stop_apart(const Desk& desk, const Asker& asker,
                                   const base::CameraId& camera, std::string_view reason);
// Both give the camera's bearer token, which is shown this once.
Result<Answer<std::string>> commission_apart(const Desk& desk, const Asker& asker,
                                             const estate::NewCamera& camera);
Result<Answer<std::string>> renew_token_apart(const Desk& desk, const Asker& asker,
                                              const base::CameraId& camera);

}  // namespace regmark::desk
