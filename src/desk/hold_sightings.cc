#include "desk/hold_sightings.h"

#include "desk/ask.h"
#include "desk/find_sightings.h"

namespace regmark::desk {

Result<Answer<Held>> hold_sightings(const Desk& desk, const Asker& asker, const base::HoldId& hold,
                                    const sightings::Query& query, base::UtcDay review) {
  auto scope = scope_of(query);
  scope.subject = hold.text();
  // A hold is no page: it is of everything that the query finds, up to what a hold may mark.
  scope.rows_max = sightings::hold_reads_max;
  return ask(desk, asker, access::Act::hold_sightings, std::move(scope),
             [&](const audit::Receipt& receipt) -> Result<Held> {
               REGMARK_TRY(desk.authorities.use(receipt));
               // Its record first: what is held without one could never be seen or released.
               REGMARK_ASSIGN(const auto record, desk.holds.make(receipt, hold, review));
               REGMARK_ASSIGN(const auto held, desk.store.hold(receipt, hold, query));
               REGMARK_TRY(desk.holds.count(receipt, hold, held));
               REGMARK_TRY(note_search(desk, receipt, receipt.permit().scope(), held));
               return Held{held, record.review};
             });
}

}  // namespace regmark::desk
