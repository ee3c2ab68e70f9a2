// Says what came of an alert, and closes it.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Fails as alerts::Alerts::close does.
Result<Answer<alerts::Alert>> record_outcome(const Desk& desk, const Asker& asker,
                                             const base::AlertId& alert, std::string_view outcome,
                                             std::string_view note);

}  // namespace regmark::desk
