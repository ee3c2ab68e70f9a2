// Acts on a confirmed alert: asks again whether the entry still stands, and shows how it stands.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

struct ActedOn {
  alerts::Alert alert;
  watchlist::Stand stand;  // the entry as it was read again just now
};

// Fails as alerts::Alerts::act does; with conflict, when the entry no longer stands.
Result<Answer<ActedOn>> act_on_alert(const Desk& desk, const Asker& asker,
                                     const base::AlertId& alert);

}  // namespace regmark::desk
