#include "desk/find_convoys.h"

#include "desk/ask.h"
#include "desk/note_search.h"

namespace regmark::desk {
namespace {

// For the log: two seconds at twenty cameras is another question than five minutes at two.
std::string asked(const sightings::ConvoyQuery& query) {
  return "at " + std::to_string(query.cameras_least) + " cameras, " +
         std::to_string(query.apart.count()) + " s apart";
}

}  // namespace

Result<Answer<sightings::Convoy>> find_convoys(const Desk& desk, const Asker& asker,
                                               const sightings::ConvoyQuery& query,
                                               std::size_t rows) {
  const access::Scope scope{.plate = query.plate,
                            .cameras = query.cameras,
                            .area = query.area,
                            .window = query.window,
                            .rows_max = rows,
                            .subject = asked(query)};
  return ask(desk, asker, access::Act::find_convoys, scope,
             [&](const audit::Receipt& receipt) -> Result<sightings::Convoy> {
               REGMARK_TRY(desk.authorities.use(receipt));
               REGMARK_ASSIGN(auto convoy, desk.store.convoy(receipt, query));
               REGMARK_TRY(note_search(desk, receipt, scope, convoy));
               return convoy;
             });
}

}  // namespace regmark::desk
