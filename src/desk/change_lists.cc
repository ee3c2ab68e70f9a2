#include "desk/change_lists.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<Nothing>> create_list(const Desk& desk, const Asker& asker,
                                    const watchlist::NewList& list) {
  return ask(
      desk, asker, access::Act::change_lists, about(list.id.text()),
      [&](const audit::Receipt& receipt) { return nothing(desk.lists.create(receipt, list)); });
}

Result<Answer<watchlist::ImportReport>> import_list(const Desk& desk, const Asker& asker,
                                                    const base::ListId& list,
                                                    std::string_view csv) {
  return ask(desk, asker, access::Act::change_lists, about(list.text()),
             [&](const audit::Receipt& receipt) { return desk.lists.import(receipt, list, csv); });
}

}  // namespace regmark::desk
