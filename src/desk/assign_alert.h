// Gives a confirmed alert to the person who is to act on it.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Fails as alerts::Alerts::assign does.
Result<Answer<alerts::Alert>> assign_alert(const Desk& desk, const Asker& asker,
                                           const base::AlertId& alert, const base::PersonId& to);

}  // namespace regmark::desk
