#include "desk/change_household.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

Result<Answer<oversight::ImportReport>> import_household(const Desk& desk, const Asker& asker,
                                                         std::string_view csv) {
  return ask(desk, asker, Act::change_household, about("vehicles"), [&](const Receipt& receipt) {
    return desk.oversight.household.import_vehicles(receipt, csv);
  });
}

Result<Answer<oversight::ImportReport>> import_duty(const Desk& desk, const Asker& asker,
                                                    std::string_view csv) {
  return ask(desk, asker, Act::change_household, about("duty"), [&](const Receipt& receipt) {
    return desk.oversight.household.import_duty(receipt, csv);
  });
}

}  // namespace regmark::desk
