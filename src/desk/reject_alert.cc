#include "desk/reject_alert.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<alerts::Alert>> reject_alert(const Desk& desk, const Asker& asker,
                                           const base::AlertId& alert, std::string_view note) {
  return ask(
      desk, asker, access::Act::reject_alert, about(alert.text()),
      [&](const audit::Receipt& receipt) { return desk.alerts.reject(receipt, alert, note); });
}

}  // namespace regmark::desk
