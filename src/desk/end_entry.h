// Takes an entry off the lists: withdrawn (it should not stand) or resolved (it did its work).
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Both fail as watchlist::Lists does.
Result<Answer<Nothing>> withdraw_entry(const Desk& desk, const Asker& asker,
                                       const base::EntryId& entry, std::string_view reason);
Result<Answer<Nothing>> resolve_entry(const Desk& desk, const Asker& asker,
                                      const base::EntryId& entry, std::string_view reason);

}  // namespace regmark::desk
