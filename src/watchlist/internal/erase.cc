// Erasing entries that have ended: what stays is how many there were.
#include "watchlist/internal/tables.h"
#include "watchlist/lists.h"

namespace regmark::watchlist {
namespace {

using records::Transaction;

// Whose time came since the last import is expired, though nobody wrote that down yet.
constexpr std::string_view ended =
    " FROM watch_entries WHERE (state <> 0 AND still_listed = 0 AND ended_at <= ?1)"
    " OR (state = 0 AND expires_at <= ?1)";

}  // namespace

Result<std::uint64_t> Lists::count_ended(Transaction& transaction, base::UtcTime before) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT COUNT(*)" + std::string(ended),
                                                  {records::value_of(before)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::uint64_t> Lists::erase_ended(Transaction& transaction,
                                         const audit::MachineReceipt& receipt,
                                         base::UtcTime before) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  REGMARK_TRY(transaction.run(
      "INSERT INTO watch_tally SELECT list, iif(state = 0, ?3, state), iif(state = 0, ?4, "
      "ended_by),"
      " iif(state = 0, expires_at, ended_at) / ?2, COUNT(*)" +
          std::string(ended) +
          " GROUP BY 1, 2, 3, 4 ON CONFLICT DO UPDATE SET entries = entries + excluded.entries",
      {records::value_of(before), records::day_length,
       static_cast<std::int64_t>(EntryState::expired),
       static_cast<std::int64_t>(internal::EndedBy::clock)}));
  REGMARK_TRY(transaction.run("DELETE" + std::string(ended), {records::value_of(before)}));
  return static_cast<std::uint64_t>(transaction.changed());
}

Result<std::uint64_t> Lists::count_overdue(Transaction& transaction, base::UtcDay today) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT COUNT(*) FROM watch_lists WHERE review_day < ?1",
                                 {std::int64_t{today.time_since_epoch().count()}}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

}  // namespace regmark::watchlist
