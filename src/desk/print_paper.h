// Prints a paper of a site's file, such as its impact assessment.
#pragma once

#include "desk/desk.h"
#include "documents/document.h"

namespace regmark::desk {

// As it stood then, or now. The act is read_estate. Fails as accountability::printed() and
// estate::Estate do.
Result<Answer<documents::Document>> print_paper(const Desk& desk, const Asker& asker,
                                                const base::SiteId& site, std::string_view form,
                                                std::optional<base::UtcTime> as_of);

}  // namespace regmark::desk
