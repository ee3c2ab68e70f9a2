// Says that the picture shows what the alert says.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// `seen` is the read whose picture was looked at. Fails as alerts::Alerts::confirm does.
Result<Answer<alerts::Alert>> confirm_alert(const Desk& desk, const Asker& asker,
                                            const base::AlertId& alert, std::string_view note,
                                            const std::optional<plate::ReadId>& seen = {});

}  // namespace regmark::desk
