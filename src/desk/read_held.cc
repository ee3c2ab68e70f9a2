#include "desk/read_held.h"

#include "desk/ask.h"
#include "desk/find_sightings.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

namespace {

access::Scope within(const base::HoldId& hold, std::size_t rows) {
  auto scope = about(hold.text());
  scope.rows_max = rows;
  return scope;
}

// Of a hold that nobody knows: as if it were one's own, for decide() refuses that.
Result<Act> act_of_release(const Desk& desk, const Asker& asker, const base::HoldId& hold) {
  const auto record = desk.holds.find(hold);
  if (!record) {
    if (record.error().code != ErrorCode::not_found) return tl::unexpected<Error>(record.error());
    return Act::review_hold;
  }
  return record->owner == asker.person.id ? Act::review_hold : Act::release_others_hold;
}

bool may_see_plates(const Desk& desk, const Asker& asker, const holds::Record& record) {
  const bool is_own = record.owner == asker.person.id;
  const auto may = [&](Act act) {
    const access::Request request{.person = asker.person,
                                  .act = act,
                                  .purpose = is_own ? record.purpose : asker.purpose,
                                  .scope = within(record.id, /*rows=*/1),
                                  .now = desk.clock.now(),
                                  .session_until = asker.session_until,
                                  .held_for = record.held_for()};
    return std::holds_alternative<access::Permit>(access::decide(desk.policy, request));
  };
  return may(Act::read_held) || may(Act::release_others_hold);
}

}  // namespace

Result<Answer<sightings::Page>> read_held(const Desk& desk, const Asker& asker,
                                          const base::HoldId& hold, const sightings::Query& query) {
  REGMARK_ASSIGN(const auto rows_before, desk.store.rows_before(query));
  auto scope = within(hold, rows_before + query.rows);
  scope.rows_given = rows_before;
  return ask(desk, asker, Act::read_held, std::move(scope),
             [&](const Receipt& receipt) -> Result<sightings::Page> {
               REGMARK_ASSIGN(auto page, desk.store.find(receipt, query));
               auto looked = scope_of(query);
               looked.subject = hold.text();
               REGMARK_TRY(note_search(desk, receipt, std::move(looked), page.reads.size(),
                                       page_of(query)));
               return page;
             });
}

Result<Answer<base::Bytes>> see_held_picture(const Desk& desk, const Asker& asker,
                                             const base::HoldId& hold, const plate::ReadId& read,
                                             plate::PictureKind kind) {
  return ask(desk, asker, Act::read_held, within(hold, 1),
             [&](const Receipt& receipt) { return desk.store.picture(receipt, read, kind); });
}

Result<Answer<holds::Record>> keep_hold_on(const Desk& desk, const Asker& asker,
                                           const base::HoldId& hold, base::UtcDay review,
                                           std::string_view words) {
  return ask(desk, asker, Act::review_hold, about(hold.text()), [&](const Receipt& receipt) {
    return desk.holds.keep_on(receipt, hold, review, words);
  });
}

Result<Answer<Released>> release_hold(const Desk& desk, const Asker& asker,
                                      const base::HoldId& hold, std::string_view words) {
  REGMARK_ASSIGN(const auto act, act_of_release(desk, asker, hold));
  return ask(desk, asker, act, about(hold.text()), [&](const Receipt& receipt) -> Result<Released> {
    // Erased first: after a crash the record is still there to do it again.
    REGMARK_TRY(desk.holds.check_release(receipt, hold, words));
    REGMARK_ASSIGN(const auto count, desk.store.release(receipt, hold));
    REGMARK_ASSIGN(const auto record, desk.holds.release(receipt, hold, words));
    return Released{count, record.words, record.owner};
  });
}

Result<Answer<std::vector<holds::Record>>> read_holds(const Desk& desk, const Asker& asker,
                                                      std::size_t count) {
  return ask(desk, asker, Act::read_holds, {},
             [&](const Receipt& receipt) -> Result<std::vector<holds::Record>> {
               REGMARK_ASSIGN(auto all, desk.holds.latest(receipt, count));
               for (auto& record : all) {
                 if (may_see_plates(desk, asker, record)) continue;
                 for (auto& part : record.parts) part.plate.reset();
               }
               return all;
             });
}

}  // namespace regmark::desk
