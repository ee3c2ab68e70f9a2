// Makes a list, and replaces what stands on it.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Both fail as watchlist::Lists does.
Result<Answer<Nothing>> create_list(const Desk& desk, const Asker& asker,
                                    const watchlist::NewList& list);
Result<Answer<watchlist::ImportReport>> import_list(const Desk& desk, const Asker& asker,
                                                    const base::ListId& list, std::string_view csv);

}  // namespace regmark::desk
