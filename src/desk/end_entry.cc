#include "desk/end_entry.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<Nothing>> withdraw_entry(const Desk& desk, const Asker& asker,
                                       const base::EntryId& entry, std::string_view reason) {
  return ask(desk, asker, access::Act::withdraw_entry, about(entry.text()),
             [&](const audit::Receipt& receipt) {
               return nothing(desk.lists.withdraw(receipt, entry, reason));
             });
}

Result<Answer<Nothing>> resolve_entry(const Desk& desk, const Asker& asker,
                                      const base::EntryId& entry, std::string_view reason) {
  return ask(desk, asker, access::Act::withdraw_entry, about(entry.text()),
             [&](const audit::Receipt& receipt) {
               return nothing(desk.lists.resolve(receipt, entry, reason));
             });
}

}  // namespace regmark::desk
