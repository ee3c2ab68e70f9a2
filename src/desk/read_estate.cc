#include "desk/read_estate.h"

#include <algorithm>

#include "desk/ask.h"
#include "desk/attested.h"

namespace regmark::desk {

Result<Answer<std::vector<estate::SiteRecord>>> read_sites(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("sites"),
             [&](const audit::Receipt& receipt) { return desk.estate.sites(receipt); });
}

Result<Answer<std::vector<estate::DeploymentRecord>>> read_deployments(const Desk& desk,
                                                                       const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("deployments"),
             [&](const audit::Receipt& receipt) { return desk.estate.deployments(receipt); });
}

Result<Answer<std::vector<estate::CameraRecord>>> read_cameras(const Desk& desk,
                                                               const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("cameras"),
             [&](const audit::Receipt& receipt) { return desk.estate.cameras(receipt); });
}

Result<Answer<estate::SiteFile>> read_site_file(const Desk& desk, const Asker& asker,
                                                const base::SiteId& site,
                                                std::optional<base::UtcTime> as_of) {
  return ask(
      desk, asker, access::Act::read_estate, about(site.text()),
      [&](const audit::Receipt& receipt) { return attested_file(desk, receipt, site, as_of); });
}

Result<Answer<estate::DeploymentFile>> read_deployment_file(const Desk& desk, const Asker& asker,
                                                            const base::DeploymentId& deployment,
                                                            std::optional<base::UtcTime> as_of) {
  return ask(desk, asker, access::Act::read_estate, about(deployment.text()),
             [&](const audit::Receipt& receipt) {
               return desk.estate.deployment_file(receipt, deployment, as_of);
             });
}

Result<Answer<std::vector<estate::PaperRecord>>> read_camera_papers(const Desk& desk,
                                                                    const Asker& asker,
                                                                    const base::CameraId& camera) {
  return ask(
      desk, asker, access::Act::read_estate, about(camera.text()),
      [&](const audit::Receipt& receipt) { return desk.estate.camera_papers(receipt, camera); });
}

Result<Answer<std::vector<estate::ToTakeDown>>> read_taking_down(const Desk& desk,
                                                                 const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("taking down"),
             [&](const audit::Receipt& receipt) { return desk.estate.to_take_down(receipt); });
}

Result<Answer<base::Bytes>> read_evidence(const Desk& desk, const Asker& asker,
                                          const base::Digest& sha256) {
  return ask(desk, asker, access::Act::read_estate, about("evidence"),
             [&](const audit::Receipt& receipt) { return desk.estate.evidence(receipt, sha256); });
}

Result<Answer<estate::MatrixRecord>> read_matrix(const Desk& desk, const Asker& asker,
                                                 const estate::WhichMatrix& which) {
  return ask(desk, asker, access::Act::read_estate, about("matrix"),
             [&](const audit::Receipt& receipt) { return desk.estate.matrix(receipt, which); });
}

Result<Answer<std::vector<estate::ReviewDue>>> read_reviews(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("reviews"),
             [&](const audit::Receipt& receipt) { return desk.estate.reviews_due(receipt); });
}

Result<Answer<std::vector<estate::WouldStop>>> read_would_stop(const Desk& desk, const Asker& asker,
                                                               base::UtcDay day) {
  return ask(desk, asker, access::Act::read_estate, about("reviews"),
             [&](const audit::Receipt& receipt) { return desk.estate.would_stop(receipt, day); });
}

}  // namespace regmark::desk
