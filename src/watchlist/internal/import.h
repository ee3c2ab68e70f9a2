// A new version of a list: read into a table of its own first, then made the list in one step.
#pragma once

#include "records/database.h"
#include "watchlist/exchange.h"
#include "watchlist/internal/tables.h"

namespace regmark::watchlist::internal {

// Reads every row into the staging table, which it empties first, and adds the bad ones to the
// report. Writes in small transactions, so that nobody who wants the records waits for a long
// list; what a crash leaves behind is emptied by the next import. One at a time. Gives the number
// of rows that stand there. Fails with what the records fail with, and with
//   limit_exceeded   more than rows_max rows
Result<std::size_t> stage(records::Database& database, ExchangeReader& reader, base::UtcTime now,
                          std::size_t rows_max, ImportReport& report);

// Empties the staging table.
Result<void> unstage(records::Transaction& transaction);

// Makes what is staged the list's active entries, counts what that changed, and empties the staging
// table. Fails with what the records fail with.
Result<void> apply(records::Transaction& transaction, const StoredList& list, base::UtcTime now,
                   ImportReport& report);

}  // namespace regmark::watchlist::internal
