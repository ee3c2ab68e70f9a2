// Snapshots from the records.
#pragma once

#include <memory>

#include "watchlist/internal/snapshot.h"

namespace regmark::watchlist::internal {

// Every list. Fails with what the records fail with, and with
//   corrupt   they hold what this program does not write
Result<std::shared_ptr<Snapshot>> load_all(records::Transaction& transaction);

// The snapshot after one list has changed: the others are taken from the one before. Fails as
// load_all() does.
Result<std::shared_ptr<Snapshot>> load_list(records::Transaction& transaction, std::int64_t list,
                                            const Snapshot& before);

}  // namespace regmark::watchlist::internal
