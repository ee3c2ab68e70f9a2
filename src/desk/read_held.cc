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

}  // namespace

Result<Answer<sightings::Page>> read_held(const Desk& desk, const Asker& asker,
                                          const base::HoldId& hold, const sightings::Query& query) {
  REGMARK_ASSIGN(const auto rows_before, desk.store.rows_before(query));
  return ask(desk, asker, Act::read_held, within(hold, rows_before + query.rows),
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

Result<Answer<std::uint64_t>> release_hold(const Desk& desk, const Asker& asker,
                                           const base::HoldId& hold, std::string_view words) {
  return ask(desk, asker, Act::review_hold, about(hold.text()),
             [&](const Receipt& receipt) -> Result<std::uint64_t> {
               REGMARK_TRY(holds::check_why(words));
               // Erased first: after a crash the record is still there to do it again.
               REGMARK_TRY(desk.holds.find(hold));
               REGMARK_ASSIGN(const auto count, desk.store.release(receipt, hold));
               REGMARK_TRY(desk.holds.release(receipt, hold, words));
               return count;
             });
}

Result<Answer<std::vector<holds::Record>>> read_holds(const Desk& desk, const Asker& asker,
                                                      std::size_t count) {
  return ask(desk, asker, Act::read_holds, {},
             [&](const Receipt& receipt) { return desk.holds.latest(receipt, count); });
}

}  // namespace regmark::desk
