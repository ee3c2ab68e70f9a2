// How alerts ended, counted before they are erased and after.
#include <map>
#include <string>
#include <tuple>

#include "alerts/internal/tables.h"
#include "base/word_table.h"

namespace regmark::alerts::internal {
namespace {

using records::Transaction;
using watchlist::ReasonCode;

std::int64_t number(base::UtcDay day) {
  return day.time_since_epoch().count();
}

// By day, as it is stored.
using Counts = std::map<std::tuple<std::int64_t, ReasonCode, std::string>, std::uint64_t>;

// Those that are not erased yet. Only live ones: what came late could not be acted on.
Result<Counts> count_kept(Transaction& transaction, std::string_view which,
                          std::initializer_list<records::Value> values) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run(
                     "SELECT observed_day, json_extract(about, '$.hit.reason') AS reason,"
                     " CASE WHEN state = 'closed' THEN outcome"
                     " WHEN state IN ('rejected', 'retracted') THEN state ELSE 'open' END AS ended,"
                     " count(*) FROM alerts_alerts WHERE live = 1 AND " +
                         std::string(which) + " GROUP BY observed_day, reason, ended",
                     values));
  Counts counts;
  for (const auto& row : rows) {
    const auto reason = watchlist::reason_code(row.text_or_empty(1));
    counts[{row.integer(0), reason, row.text(2)}] += static_cast<std::uint64_t>(row.integer(3));
  }
  return counts;
}

}  // namespace

Result<void> keep_tally(Transaction& transaction, std::string_view which,
                        const records::Value& by) {
  REGMARK_ASSIGN(const auto counts, count_kept(transaction, which, {by}));
  for (const auto& [key, alerts] : counts) {
    const auto& [day, reason, outcome] = key;
    REGMARK_TRY(transaction.run(
        "INSERT INTO alerts_outcomes (day, reason, outcome, alerts) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT DO UPDATE SET alerts = alerts + excluded.alerts",
        {day, base::word(watchlist::reason_code_words, reason), outcome,
         static_cast<std::int64_t>(alerts)}));
  }
  return {};
}

Result<std::vector<Tally>> tally(Transaction& transaction, base::UtcDay from, base::UtcDay until) {
  std::map<std::pair<ReasonCode, std::string>, std::uint64_t> all;
  REGMARK_ASSIGN(const auto kept, count_kept(transaction, "observed_day BETWEEN ?1 AND ?2",
                                             {number(from), number(until)}));
  for (const auto& [key, alerts] : kept) all[{std::get<1>(key), std::get<2>(key)}] += alerts;
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT reason, outcome, sum(alerts) FROM alerts_outcomes"
                                 " WHERE day BETWEEN ?1 AND ?2 GROUP BY reason, outcome",
                                 {number(from), number(until)}));
  for (const auto& row : rows) {
    const auto reason = base::value_of(watchlist::reason_code_words, row.text(0));
    if (!reason) return fail(ErrorCode::corrupt, "the records hold a reason that is none");
    all[{*reason, row.text(1)}] += static_cast<std::uint64_t>(row.integer(2));
  }
  std::vector<Tally> tallies;
  for (const auto& [key, alerts] : all) tallies.push_back({key.first, key.second, alerts});
  return tallies;
}

}  // namespace regmark::alerts::internal
