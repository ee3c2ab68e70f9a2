#include "desk/read_estate.h"

#include "desk/ask.h"

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

}  // namespace regmark::desk
