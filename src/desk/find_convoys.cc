#include "desk/find_convoys.h"

#include "desk/ask.h"
#include "desk/note_search.h"

namespace regmark::desk {

Result<Answer<sightings::Convoy>> find_convoys(const Desk& desk, const Asker& asker,
                                               const sightings::ConvoyQuery& query,
                                               std::size_t rows) {
  const access::Scope scope{.plate = query.plate,
                            .cameras = query.cameras,
                            .area = query.area,
                            .window = query.window,
                            .rows_max = rows};
  return ask(desk, asker, access::Act::find_convoys, scope,
             [&](const audit::Receipt& receipt) -> Result<sightings::Convoy> {
               REGMARK_TRY(desk.authorities.use(receipt));
               REGMARK_ASSIGN(auto convoy, desk.store.convoy(receipt, query));
               REGMARK_TRY(note_search(desk, receipt, scope, rows_in(convoy)));
               return convoy;
             });
}

}  // namespace regmark::desk
