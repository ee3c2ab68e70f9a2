#include "desk/act_on_alert.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<ActedOn>> act_on_alert(const Desk& desk, const Asker& asker,
                                     const base::AlertId& alert) {
  return ask(desk, asker, access::Act::act_on_alert, about(alert.text()),
             [&](const audit::Receipt& receipt) -> Result<ActedOn> {
               REGMARK_ASSIGN(const auto found, desk.alerts.find(receipt, alert));
               // The alert may be minutes old: what the list says now decides, not what it said.
               REGMARK_ASSIGN(auto stand, desk.lists.stand(receipt, found.hit.entry));
               REGMARK_ASSIGN(auto acted, desk.alerts.act(receipt, alert, stand));
               return ActedOn{std::move(acted), std::move(stand)};
             });
}

}  // namespace regmark::desk
