// Live alerts: one listener in the office, and everybody who watches.
#pragma once

#include <functional>
#include <string>

#include "desk/screens.h"

namespace regmark::desk {

// May be used from many threads at once. Destroyed after the last alert was raised: the alerts room
// keeps a listener that points here. The screens outlive it.
class AlertWatch {
 public:
  using Render = std::function<std::string(const alerts::Alert&)>;

  AlertWatch(const Desk& desk, Screens& screens, Render render);
  AlertWatch(const AlertWatch&) = delete;
  AlertWatch& operator=(const AlertWatch&) = delete;

  // Asks for leave to watch, and gives the standing receipt. Fails as Screens::ask_leave() does.
  Result<Answer<audit::Receipt>> ask_leave(const Asker& asker);
  // From now on this screen is told of every alert that the receipt covers.
  void attach(const audit::Receipt& receipt, std::string token, std::shared_ptr<Screen> screen);

 private:
  Screens& screens_;
  const Render render_;
};

}  // namespace regmark::desk
