// Says that the picture does not show what the alert says.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Fails as alerts::Alerts::reject does.
Result<Answer<alerts::Alert>> reject_alert(const Desk& desk, const Asker& asker,
                                           const base::AlertId& alert, std::string_view note);

}  // namespace regmark::desk
