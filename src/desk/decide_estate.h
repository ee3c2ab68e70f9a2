// Decides for the controller: a deployment, and the matrix that deployments are held against.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// The matrix's code for the place and its strongest purpose. Fails as estate::Estate does.
Result<Answer<std::string>> decide_site(const Desk& desk, const Asker& asker,
                                        const base::SiteId& site,
                                        const assessment::Paper& decision);
// Where it departs from what the guidance says of every matrix.
Result<Answer<std::vector<std::string>>> set_matrix(const Desk& desk, const Asker& asker,
                                                    std::string_view toml,
                                                    std::string_view reasons);

}  // namespace regmark::desk
