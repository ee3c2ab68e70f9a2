#include "desk/assign_alert.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<alerts::Alert>> assign_alert(const Desk& desk, const Asker& asker,
                                           const base::AlertId& alert, const base::PersonId& to) {
  return ask(desk, asker, access::Act::assign_alert, about(alert.text()),
             [&](const audit::Receipt& receipt) { return desk.alerts.assign(receipt, alert, to); });
}

}  // namespace regmark::desk
