#include "desk/watch_alerts.h"

#include <utility>

#include "alerts/covers.h"
#include "desk/ask.h"

namespace regmark::desk {

AlertWatch::AlertWatch(const Desk& desk, Screens& screens, Render render)
    : screens_(screens), render_(std::move(render)) {
  desk.alerts.listen([this](const alerts::Alert& alert) {
    screens_.tell(
        access::Act::watch_alerts,
        [&](const access::Permit& permit) { return alerts::covers(permit, alert); },
        [&] {
          return Shown{"alert", alert.id.text() + ":" + std::to_string(alert.version),
                       render_(alert)};
        });
  });
}

Result<Answer<audit::Receipt>> AlertWatch::ask_leave(const Asker& asker) {
  return screens_.ask_leave(asker, access::Act::watch_alerts, about("stream"));
}

void AlertWatch::attach(const audit::Receipt& receipt, std::string token,
                        std::shared_ptr<Screen> screen) {
  static_cast<void>(screens_.attach(receipt, std::move(token), std::move(screen)));
}

}  // namespace regmark::desk
