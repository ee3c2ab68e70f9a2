// How lists are kept, in counts.
#include "watchlist/internal/tables.h"

namespace regmark::watchlist::internal {
namespace {

using records::Transaction;

void add(ListCounts& counts, EntryState state, EndedBy by, std::uint64_t entries) {
  if (state == EntryState::expired) counts.expired += entries;
  if (state == EntryState::resolved) counts.resolved += entries;
  if (state != EntryState::withdrawn) return;
  (by == EndedBy::version ? counts.left_out : counts.withdrawn) += entries;
}

// The whole of each list, then what ended of it: still known, erased since, and what expired though
// nobody wrote that down yet.
constexpr std::string_view ended =
    "SELECT state, ended_by, COUNT(*) FROM watch_entries WHERE state <> 0 AND ended_at >= ?1"
    " GROUP BY 1, 2"
    " UNION ALL SELECT state, ended_by, SUM(entries) FROM watch_tally WHERE ended_day >= ?2"
    " GROUP BY 1, 2"
    " UNION ALL SELECT ?4, ?5, COUNT(*) FROM watch_lists JOIN watch_entries"
    " ON watch_entries.list = watch_lists.number AND state = 0"
    " AND expires_at BETWEEN ?1 AND ?3";

}  // namespace

Result<ListCounts> count_lists(Transaction& transaction, base::UtcDay from, base::UtcTime now) {
  ListCounts counts;
  REGMARK_ASSIGN(const auto lists, all_lists(transaction));
  const auto today = base::day_of(now);
  for (const auto& list : lists) {
    const auto& about = list.record.about;
    ++counts.lists;
    counts.past_review += about.review < today ? 1U : 0U;
    counts.muted += is_muted(about, list.record.imported_at, now) ? 1U : 0U;
  }
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run(ended, {records::value_of(base::UtcTime{from}),
                              std::int64_t{from.time_since_epoch().count()}, records::value_of(now),
                              static_cast<std::int64_t>(EntryState::expired),
                              static_cast<std::int64_t>(EndedBy::clock)}));
  for (const auto& row : rows) {
    add(counts, static_cast<EntryState>(row.integer(0)), static_cast<EndedBy>(row.integer(1)),
        static_cast<std::uint64_t>(row.integer(2)));
  }
  return counts;
}

}  // namespace regmark::watchlist::internal
