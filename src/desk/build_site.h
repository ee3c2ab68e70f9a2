// Builds what the controller decided, takes a short site to the full path, and takes down what was
// stopped.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// All fail as estate::Estate does.
Result<Answer<Nothing>> commission_site(const Desk& desk, const Asker& asker,
                                        const base::SiteId& site,
                                        const assessment::Paper& commissioning);
Result<Answer<Nothing>> begin_site(const Desk& desk, const Asker& asker, const base::SiteId& site,
                                   base::UtcDay review);
Result<Answer<Nothing>> take_full_path(const Desk& desk, const Asker& asker,
                                       const base::SiteId& site, std::string_view reason);
Result<Answer<Nothing>> withdraw_site(const Desk& desk, const Asker& asker,
                                      const base::SiteId& site, std::string_view reason);
Result<Answer<Nothing>> decommission_site(const Desk& desk, const Asker& asker,
                                          const base::SiteId& site,
                                          const assessment::Paper& decommissioning);

}  // namespace regmark::desk
