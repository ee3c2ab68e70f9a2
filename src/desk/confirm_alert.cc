#include "desk/confirm_alert.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<alerts::Alert>> confirm_alert(const Desk& desk, const Asker& asker,
                                            const base::AlertId& alert, std::string_view note,
                                            const std::optional<plate::ReadId>& seen) {
  return ask(desk, asker, access::Act::confirm_alert, about(alert.text()),
             [&](const audit::Receipt& receipt) {
               return desk.alerts.confirm(receipt, alert, note, seen);
             });
}

}  // namespace regmark::desk
