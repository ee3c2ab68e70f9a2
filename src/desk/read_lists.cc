#include "desk/read_lists.h"

#include <algorithm>

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<std::vector<watchlist::ListRecord>>> read_lists(const Desk& desk,
                                                              const Asker& asker) {
  return ask(desk, asker, access::Act::read_lists, {},
             [&](const audit::Receipt& receipt) { return desk.lists.lists(receipt); });
}

Result<Answer<std::vector<watchlist::EntryRecord>>> read_entries(const Desk& desk,
                                                                 const Asker& asker,
                                                                 const base::ListId& list,
                                                                 std::size_t first,
                                                                 std::size_t count) {
  auto scope = about(list.text());
  scope.lists = {list};
  scope.rows_max = std::min(count, entries_page_max);
  return ask(desk, asker, access::Act::read_lists, std::move(scope),
             [&](const audit::Receipt& receipt) {
               return desk.lists.entries(receipt, list, first, std::min(count, entries_page_max));
             });
}

}  // namespace regmark::desk
