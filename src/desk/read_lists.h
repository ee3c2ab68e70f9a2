// Shows lists of vehicles of interest and what stands on them.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

inline constexpr std::size_t entries_page_max = 1'000;

// Both fail as watchlist::Lists does.
Result<Answer<std::vector<watchlist::ListRecord>>> read_lists(const Desk& desk, const Asker& asker);
// At most entries_page_max entries, from the `first` on.
Result<Answer<std::vector<watchlist::EntryRecord>>> read_entries(const Desk& desk,
                                                                 const Asker& asker,
                                                                 const base::ListId& list,
                                                                 std::size_t first,
                                                                 std::size_t count);

}  // namespace regmark::desk
