#include "desk/build_site.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

Result<Answer<Nothing>> commission_site(const Desk& desk, const Asker& asker,
                                        const base::SiteId& site,
                                        const assessment::Paper& commissioning) {
  return ask(desk, asker, Act::change_estate, about(site.text()), [&](const Receipt& receipt) {
    return nothing(desk.estate.commission(receipt, site, commissioning));
  });
}

Result<Answer<Nothing>> begin_site(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                   base::UtcDay review) {
  return ask(desk, asker, Act::change_estate, about(site.text()), [&](const Receipt& receipt) {
    return nothing(desk.estate.begin(receipt, site, review));
  });
}

Result<Answer<Nothing>> take_full_path(const Desk& desk, const Asker& asker,
                                       const base::SiteId& site, std::string_view reason) {
  return ask(desk, asker, Act::change_estate, about(site.text()), [&](const Receipt& receipt) {
    return nothing(desk.estate.take_full_path(receipt, site, reason));
  });
}

Result<Answer<Nothing>> withdraw_site(const Desk& desk, const Asker& asker,
                                      const base::SiteId& site, std::string_view reason) {
  return ask(desk, asker, Act::change_estate, about(site.text()), [&](const Receipt& receipt) {
    return nothing(desk.estate.withdraw(receipt, site, reason));
  });
}

Result<Answer<Nothing>> decommission_site(const Desk& desk, const Asker& asker,
                                          const base::SiteId& site,
                                          const assessment::Paper& decommissioning) {
  return ask(desk, asker, Act::change_estate, about(site.text()), [&](const Receipt& receipt) {
    return nothing(desk.estate.decommission(receipt, site, decommissioning));
  });
}

}  // namespace regmark::desk
