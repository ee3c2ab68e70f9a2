#include "desk/read_days.h"

#include <algorithm>

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<std::vector<sightings::DayInfo>>> read_days(const Desk& desk, const Asker& asker,
                                                          std::size_t gone) {
  return ask(desk, asker, access::Act::read_days, {},
             [&](const audit::Receipt& receipt) -> Result<std::vector<sightings::DayInfo>> {
               REGMARK_ASSIGN(auto days, desk.store.days(receipt));
               std::ranges::reverse(days);
               std::erase_if(days, [left = gone](const sightings::DayInfo& day) mutable {
                 if (day.state != sightings::Keeping::gone) return false;
                 if (left == 0) return true;
                 --left;
                 return false;
               });
               return days;
             });
}

}  // namespace regmark::desk
