#include "desk/change_estate.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

Result<Answer<Nothing>> propose_site(const Desk& desk, const Asker& asker,
                                     const estate::NewSite& site) {
  return ask(desk, asker, Act::change_estate, about(site.id.text()),
             [&](const Receipt& receipt) { return nothing(desk.estate.propose(receipt, site)); });
}

Result<Answer<Nothing>> propose_deployment(const Desk& desk, const Asker& asker,
                                           const estate::NewDeployment& deployment) {
  return ask(
      desk, asker, Act::change_estate, about(deployment.id.text()),
      [&](const Receipt& receipt) { return nothing(desk.estate.propose(receipt, deployment)); });
}

Result<Answer<Nothing>> stop_site(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                  std::string_view reason) {
  return ask(desk, asker, Act::change_estate, about(site.text()), [&](const Receipt& receipt) {
    return nothing(desk.estate.stop(receipt, site, reason));
  });
}

Result<Answer<Nothing>> stop_deployment(const Desk& desk, const Asker& asker,
                                        const base::DeploymentId& deployment,
                                        std::string_view reason) {
  return ask(desk, asker, Act::change_estate, about(deployment.text()),
             [&](const Receipt& receipt) {
               return nothing(desk.estate.stop(receipt, deployment, reason));
             });
}

Result<Answer<std::string>> commission_camera(
    const Desk& desk, const Asker& asker, const estate::NewCamera& camera,
    const std::optional<camera_register::NewParticulars>& beside) {
  const auto commission = [&](const Receipt& receipt) {
    estate::Alongside alongside;
    if (beside) {
      alongside = [&](records::Transaction& transaction) {
        return desk.camera_register.enter_one(receipt, *beside, transaction);
      };
    }
    return desk.estate.commission(receipt, camera, alongside);
  };
  return ask_for_key(desk, asker, Act::change_estate, about(camera.id.text()), "make_camera_token",
                     commission);
}

Result<Answer<std::string>> renew_camera_token(const Desk& desk, const Asker& asker,
                                               const base::CameraId& camera) {
  return ask_for_key(
      desk, asker, Act::change_estate, about(camera.text()), "renew_camera_token",
      [&](const Receipt& receipt) { return desk.estate.renew_token(receipt, camera); });
}

Result<Answer<Nothing>> stop_camera(const Desk& desk, const Asker& asker,
                                    const base::CameraId& camera, std::string_view reason) {
  return ask(desk, asker, Act::change_estate, about(camera.text()), [&](const Receipt& receipt) {
    return nothing(desk.estate.stop(receipt, camera, reason));
  });
}

}  // namespace regmark::desk
