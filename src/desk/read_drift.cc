#include "desk/read_drift.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<std::vector<drift::Alarm>>> read_drift(const Desk& desk, const Asker& asker,
                                                     std::size_t count) {
  return ask(desk, asker, access::Act::read_estate, about("drift"),
             [&](const audit::Receipt& receipt) { return desk.drift.alarms(receipt, count); });
}

}  // namespace regmark::desk
