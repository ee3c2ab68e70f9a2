#include "desk/keep_apart.h"

#include <functional>

#include "base/encoding.h"
#include "desk/ask.h"
#include "desk/attested.h"

namespace regmark::desk {
namespace {

using access::Act;
using audit::Receipt;

constexpr std::size_t id_size = 16;  // random bytes: nobody guesses one

// What is done to the thing with this id.
using Work = std::function<Result<void>(const Receipt&)>;

Result<Answer<Nothing>> change(const Desk& desk, const Asker& asker, const std::string& id,
                               const Work& work) {
  return ask(desk, asker, Act::change_covert, about(id),
             [&](const Receipt& receipt) { return nothing(work(receipt)); });
}

}  // namespace

std::string id_apart() {
  return base::to_hex(base::random_bytes<id_size>());
}

bool may_read_apart(const Desk& desk, const Asker& asker) {
  const access::Request request{
      asker.person,   Act::read_covert, {.reason = "whether a page of it is offered"},
      about("apart"), desk.clock.now(), asker.session_until};
  return std::holds_alternative<access::Permit>(access::decide(desk.policy, request));
}

Result<Answer<KeptApart>> read_apart(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, Act::read_covert, about("apart"),
             [&](const Receipt& receipt) -> Result<KeptApart> {
               KeptApart apart;
               REGMARK_ASSIGN(apart.sites, desk.estate.sites(receipt));
               REGMARK_ASSIGN(apart.deployments, desk.estate.deployments(receipt));
               REGMARK_ASSIGN(apart.cameras, desk.estate.cameras(receipt));
               return apart;
             });
}

Result<Answer<estate::SiteFile>> read_apart(const Desk& desk, const Asker& asker,
                                            const base::SiteId& site,
                                            std::optional<base::UtcTime> as_of) {
  return ask(desk, asker, Act::read_covert, about(site.text()),
             [&](const Receipt& receipt) { return attested_file(desk, receipt, site, as_of); });
}

Result<Answer<estate::DeploymentFile>> read_apart(const Desk& desk, const Asker& asker,
                                                  const base::DeploymentId& deployment,
                                                  std::optional<base::UtcTime> as_of) {
  return ask(desk, asker, Act::read_covert, about(deployment.text()), [&](const Receipt& receipt) {
    return desk.estate.deployment_file(receipt, deployment, as_of);
  });
}

Result<Answer<Nothing>> propose_apart(const Desk& desk, const Asker& asker,
                                      const estate::NewSite& site) {
  return change(desk, asker, site.id.text(),
                [&](const Receipt& receipt) { return desk.estate.propose(receipt, site); });
}

Result<Answer<Nothing>> propose_apart(const Desk& desk, const Asker& asker,
                                      const estate::NewDeployment& deployment) {
  return change(desk, asker, deployment.id.text(),
                [&](const Receipt& receipt) { return desk.estate.propose(receipt, deployment); });
}

Result<Answer<Nothing>> approve_apart(const Desk& desk, const Asker& asker,
                                      const base::SiteId& site) {
  return change(desk, asker, site.text(),
                [&](const Receipt& receipt) { return desk.estate.approve(receipt, site); });
}

Result<Answer<Nothing>> approve_apart(const Desk& desk, const Asker& asker,
                                      const base::DeploymentId& deployment) {
  return change(desk, asker, deployment.text(),
                [&](const Receipt& receipt) { return desk.estate.approve(receipt, deployment); });
}

Result<Answer<Nothing>> stop_apart(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                   std::string_view reason) {
  return change(desk, asker, site.text(),
                [&](const Receipt& receipt) { return desk.estate.stop(receipt, site, reason); });
}

Result<Answer<Nothing>> stop_apart(const Desk& desk, const Asker& asker,
                                   const base::DeploymentId& deployment, std::string_view reason) {
  return change(desk, asker, deployment.text(), [&](const Receipt& receipt) {
    return desk.estate.stop(receipt, deployment, reason);
  });
}

Result<Answer<Nothing>> stop_apart(const Desk& desk, const Asker& asker,
                                   const base::CameraId& camera, std::string_view reason) {
  return change(desk, asker, camera.text(),
                [&](const Receipt& receipt) { return desk.estate.stop(receipt, camera, reason); });
}

Result<Answer<std::string>> commission_apart(const Desk& desk, const Asker& asker,
                                             const estate::NewCamera& camera) {
  return ask_for_key(
      desk, asker, Act::change_covert, about(camera.id.text()), "make_camera_token",
      [&](const Receipt& receipt) { return desk.estate.commission(receipt, camera); });
}

Result<Answer<std::string>> renew_token_apart(const Desk& desk, const Asker& asker,
                                              const base::CameraId& camera) {
  return ask_for_key(
      desk, asker, Act::change_covert, about(camera.text()), "renew_camera_token",
      [&](const Receipt& receipt) { return desk.estate.renew_token(receipt, camera); });
}

}  // namespace regmark::desk
