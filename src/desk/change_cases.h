// Takes over the case register that an organisation's references are checked against.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Fails as oversight::Cases::import does.
Result<Answer<oversight::ImportReport>> import_cases(const Desk& desk, const Asker& asker,
                                                     const base::OrganisationId& organisation,
                                                     std::string_view csv);

}  // namespace regmark::desk
