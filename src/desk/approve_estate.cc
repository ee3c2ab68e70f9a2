#include "desk/approve_estate.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

Result<Answer<Nothing>> approve_site(const Desk& desk, const Asker& asker,
                                     const base::SiteId& site) {
  return ask(desk, asker, Act::approve_estate, about(site.text()),
             [&](const Receipt& receipt) { return nothing(desk.estate.approve(receipt, site)); });
}

Result<Answer<Nothing>> approve_deployment(const Desk& desk, const Asker& asker,
                                           const base::DeploymentId& deployment) {
  return ask(
      desk, asker, Act::approve_estate, about(deployment.text()),
      [&](const Receipt& receipt) { return nothing(desk.estate.approve(receipt, deployment)); });
}

Result<Answer<Nothing>> assess_site(const Desk& desk, const Asker& asker,
                                    const base::SiteId& site) {
  return ask(desk, asker, Act::approve_estate, about(site.text()),
             [&](const Receipt& receipt) { return nothing(desk.estate.assess(receipt, site)); });
}

Result<Answer<Nothing>> review_site(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                    const estate::Grounds& grounds) {
  return ask(desk, asker, Act::approve_estate, about(site.text()), [&](const Receipt& receipt) {
    return nothing(desk.estate.review(receipt, site, grounds));
  });
}

Result<Answer<Nothing>> review_deployment(const Desk& desk, const Asker& asker,
                                          const base::DeploymentId& deployment,
                                          const estate::Extension& extension) {
  return ask(desk, asker, Act::approve_estate, about(deployment.text()),
             [&](const Receipt& receipt) {
               return nothing(desk.estate.review(receipt, deployment, extension));
             });
}

}  // namespace regmark::desk
