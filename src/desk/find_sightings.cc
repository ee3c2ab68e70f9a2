#include "desk/find_sightings.h"

#include "desk/ask.h"

namespace regmark::desk {

access::Scope scope_of(const sightings::Query& query) {
  access::Scope scope;
  scope.plate = query.plate;
  scope.cameras = query.cameras;
  scope.area = query.area;
  scope.window = query.window;
  scope.rows_max = query.rows;
  return scope;
}

PageOf page_of(const sightings::Query& query) {
  return query.after.empty() ? PageOf::new_question : PageOf::question_before;
}

Result<Answer<sightings::Page>> find_sightings(const Desk& desk, const Asker& asker,
                                               const sightings::Query& query) {
  // The rows of a question are those of all its pages.
  auto scope = scope_of(query);
  REGMARK_ASSIGN(const auto rows_before, desk.store.rows_before(query));
  scope.rows_max += rows_before;
  scope.rows_given = rows_before;
  return ask(desk, asker, access::Act::search_sightings, std::move(scope),
             [&](const audit::Receipt& receipt) -> Result<sightings::Page> {
               REGMARK_TRY(desk.authorities.use(receipt));
               REGMARK_ASSIGN(auto page, desk.store.find(receipt, query));
               REGMARK_TRY(note_search(desk, receipt, scope_of(query), page.reads, page_of(query)));
               return page;
             });
}

}  // namespace regmark::desk
