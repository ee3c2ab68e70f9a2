#include "desk/read_alerts.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<std::vector<alerts::Alert>>> read_alerts(const Desk& desk, const Asker& asker,
                                                       std::size_t count) {
  access::Scope scope;
  scope.rows_max = count;
  return ask(desk, asker, access::Act::watch_alerts, std::move(scope),
             [&](const audit::Receipt& receipt) { return desk.alerts.latest(receipt, count); });
}

Result<Answer<AlertStory>> read_alert(const Desk& desk, const Asker& asker,
                                      const base::AlertId& alert) {
  return ask(desk, asker, access::Act::watch_alerts, about(alert.text()),
             [&](const audit::Receipt& receipt) -> Result<AlertStory> {
               REGMARK_ASSIGN(auto found, desk.alerts.find(receipt, alert));
               REGMARK_ASSIGN(auto history, desk.alerts.history(receipt, alert));
               return AlertStory{std::move(found), std::move(history)};
             });
}

}  // namespace regmark::desk
