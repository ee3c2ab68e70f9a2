// Lists alerts, and shows one with all that was done about it.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

struct AlertStory {
  alerts::Alert alert;
  std::vector<alerts::Step> history;
};

// Both fail as alerts::Alerts does.
Result<Answer<std::vector<alerts::Alert>>> read_alerts(const Desk& desk, const Asker& asker,
                                                       std::size_t count);
Result<Answer<AlertStory>> read_alert(const Desk& desk, const Asker& asker,
                                      const base::AlertId& alert);

}  // namespace regmark::desk
