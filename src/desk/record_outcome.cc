#include "desk/record_outcome.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<alerts::Alert>> record_outcome(const Desk& desk, const Asker& asker,
                                             const base::AlertId& alert, std::string_view outcome,
                                             std::string_view note) {
  return ask(desk, asker, access::Act::record_outcome, about(alert.text()),
             [&](const audit::Receipt& receipt) {
               return desk.alerts.close(receipt, alert, outcome, note);
             });
}

}  // namespace regmark::desk
