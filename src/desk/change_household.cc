#include "desk/change_household.h"

#include <map>

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

namespace {

// Those who left are known still: their searches are compared as well. An id comes before a name
// that somebody chose like it.
Result<oversight::WhoIs> who_is(const Desk& desk) {
  REGMARK_ASSIGN(const auto people, desk.people.list());
  std::map<std::string, base::PersonId, std::less<>> known;
  for (const auto& one : people) known.insert_or_assign(one.about.sign_in_name, one.id);
  for (const auto& one : people) known.insert_or_assign(one.id.text(), one.id);
  return [known = std::move(known)](std::string_view named) -> std::optional<base::PersonId> {
    const auto found = known.find(named);
    return found == known.end() ? std::nullopt : std::optional(found->second);
  };
}

}  // namespace

Result<Answer<oversight::ImportReport>> import_household(const Desk& desk, const Asker& asker,
                                                         std::string_view csv) {
  return ask(desk, asker, Act::change_household, about("vehicles"),
             [&](const Receipt& receipt) -> Result<oversight::ImportReport> {
               REGMARK_ASSIGN(const auto who, who_is(desk));
               return desk.oversight.household.import_vehicles(receipt, who, csv);
             });
}

Result<Answer<oversight::ImportReport>> import_duty(const Desk& desk, const Asker& asker,
                                                    std::string_view csv) {
  return ask(desk, asker, Act::change_household, about("duty"),
             [&](const Receipt& receipt) -> Result<oversight::ImportReport> {
               REGMARK_ASSIGN(const auto who, who_is(desk));
               return desk.oversight.household.import_duty(receipt, who, csv);
             });
}

}  // namespace regmark::desk
