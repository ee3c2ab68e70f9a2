#include "watchlist/internal/import.h"

namespace regmark::watchlist::internal {
namespace {

using records::Transaction;

// Rows of one transaction: about 50 ms, no longer than others should wait.
constexpr std::size_t rows_at_once = 5'000;

void reject(ImportReport& report, RejectedRow row) {
  ++report.rejected_count;
  if (report.rejected.size() < rejected_max) report.rejected.push_back(std::move(row));
}

// Why a row cannot stand on the list beside those before it; empty: it stands in the table now.
Result<std::string> stage_row(Transaction& transaction, const ImportRow& row) {
  const std::string plate(row.plate.text());
  REGMARK_TRY(transaction.run(
      "INSERT INTO watch_staging (plate, pnc_id, row, expires_at) SELECT ?1, ?2, ?3, ?4"
      " WHERE (SELECT COUNT(*) FROM watch_staging WHERE plate = ?1) < ?5"
      " ON CONFLICT DO NOTHING",
      {plate, row.row.pnc_id, exchange_text(row.row), records::value_of(row.expires_at),
       static_cast<std::int64_t>(entries_of_plate_max)}));
  if (transaction.changed() > 0) return std::string();
  REGMARK_ASSIGN(const auto same,
                 transaction.run("SELECT 1 FROM watch_staging WHERE plate = ?1 AND pnc_id = ?2",
                                 {plate, row.row.pnc_id}));
  if (!same.empty()) return std::string("an earlier row has the same plate and PNC id");
  return std::to_string(entries_of_plate_max) + " earlier rows have the same plate";
}

struct Batch {
  std::size_t staged = 0;
  bool ended = false;
};

Result<Batch> stage_some(Transaction& transaction, ExchangeReader& reader, base::UtcTime now,
                         ImportReport& report) {
  Batch batch;
  for (std::size_t count = 0; count < rows_at_once; ++count) {
    auto next = reader.next();
    if (!next) {
      batch.ended = true;
      break;
    }
    if (auto* rejected = std::get_if<RejectedRow>(&*next)) {
      reject(report, std::move(*rejected));
      continue;
    }
    const auto& row = std::get<ImportRow>(*next);
    if (row.expires_at && *row.expires_at <= now) {
      reject(report, {row.line, "its weed date has come"});
      continue;
    }
    REGMARK_ASSIGN(auto fault, stage_row(transaction, row));
    if (fault.empty()) {
      ++batch.staged;
    } else {
      reject(report, {row.line, std::move(fault)});
    }
  }
  return batch;
}

// Runs a statement and gives how many rows it changed.
Result<std::size_t> change(Transaction& transaction, std::string_view sql,
                           std::initializer_list<records::Value> values) {
  REGMARK_TRY(transaction.run(sql, values));
  return static_cast<std::size_t>(transaction.changed());
}

// Entries whose time came are expired and not withdrawn, even if the new version left them out.
Result<void> expire(Transaction& transaction, const StoredList& list, base::UtcTime now) {
  REGMARK_TRY(transaction.run(
      "UPDATE watch_entries SET state = ?3, ended_at = expires_at, ended_by = ?4,"
      " end_reason = 'its weed date has come', confirmed_at = ?5"
      " WHERE list = ?1 AND state = 0 AND expires_at <= ?2",
      {list.number, records::value_of(now), static_cast<std::int64_t>(EntryState::expired),
       static_cast<std::int64_t>(EndedBy::clock), records::value_of(list.record.imported_at)}));
  return {};
}

// What a person ended stays ended while the file goes on saying the same of it.
Result<void> keep_ended(Transaction& transaction, const StoredList& list, ImportReport& report) {
  REGMARK_TRY(transaction.run(
      "UPDATE watch_entries SET still_listed = 0 WHERE list = ?1 AND still_listed = 1"
      " AND NOT EXISTS (SELECT 1 FROM watch_staging s WHERE s.plate = watch_entries.plate"
      " AND s.pnc_id = watch_entries.pnc_id AND s.row = watch_entries.row)",
      {list.number}));
  REGMARK_ASSIGN(report.still_ended, change(transaction,
                                            "DELETE FROM watch_staging WHERE (plate, pnc_id) IN"
                                            " (SELECT plate, pnc_id FROM watch_entries"
                                            " WHERE list = ?1 AND still_listed = 1)",
                                            {list.number}));
  return {};
}

Result<void> withdraw_missing(Transaction& transaction, const StoredList& list, base::UtcTime now,
                              ImportReport& report) {
  REGMARK_ASSIGN(
      report.withdrawn,
      change(transaction,
             "UPDATE watch_entries SET state = ?3, ended_at = ?2, ended_by = ?4,"
             " end_reason = ?5, confirmed_at = ?6"
             " WHERE list = ?1 AND state = 0 AND NOT EXISTS (SELECT 1 FROM watch_staging s"
             " WHERE s.plate = watch_entries.plate AND s.pnc_id = watch_entries.pnc_id)",
             {list.number, records::value_of(now), static_cast<std::int64_t>(EntryState::withdrawn),
              static_cast<std::int64_t>(EndedBy::version),
              "version " + std::to_string(report.version) + " of the list is without it",
              records::value_of(list.record.imported_at)}));
  return {};
}

Result<void> change_and_add(Transaction& transaction, const StoredList& list, base::UtcTime now,
                            ImportReport& report) {
  REGMARK_ASSIGN(const auto same,
                 transaction.run("SELECT COUNT(*) FROM watch_staging s JOIN watch_entries e"
                                 " ON e.list = ?1 AND e.state = 0 AND e.plate = s.plate"
                                 " AND e.pnc_id = s.pnc_id WHERE e.row = s.row",
                                 {list.number}));
  report.unchanged = static_cast<std::size_t>(same.front().integer(0));
  REGMARK_ASSIGN(report.changed,
                 change(transaction,
                        "UPDATE watch_entries SET row = s.row, expires_at = s.expires_at"
                        " FROM watch_staging s WHERE watch_entries.list = ?1"
                        " AND watch_entries.state = 0 AND watch_entries.plate = s.plate"
                        " AND watch_entries.pnc_id = s.pnc_id AND watch_entries.row <> s.row",
                        {list.number}));
  REGMARK_ASSIGN(report.added,
                 change(transaction,
                        "INSERT INTO watch_entries (list, plate, pnc_id, row, added_at, expires_at)"
                        " SELECT ?1, s.plate, s.pnc_id, s.row, ?2, s.expires_at"
                        " FROM watch_staging s WHERE NOT EXISTS (SELECT 1 FROM watch_entries e"
                        " WHERE e.list = ?1 AND e.state = 0 AND e.plate = s.plate"
                        " AND e.pnc_id = s.pnc_id)",
                        {list.number, records::value_of(now)}));
  return {};
}

}  // namespace

Result<std::size_t> stage(records::Database& database, ExchangeReader& reader, base::UtcTime now,
                          std::size_t rows_max, ImportReport& report) {
  REGMARK_TRY(database.write([&](Transaction& transaction) { return unstage(transaction); }));
  std::size_t staged = 0;
  while (true) {
    REGMARK_ASSIGN(const auto batch, database.write([&](Transaction& transaction) {
      return stage_some(transaction, reader, now, report);
    }));
    staged += batch.staged;
    if (staged > rows_max) {
      return fail(ErrorCode::limit_exceeded,
                  "a list of more than " + std::to_string(rows_max) + " rows");
    }
    if (batch.ended) return staged;
  }
}

Result<void> unstage(Transaction& transaction) {
  REGMARK_TRY(transaction.run("DELETE FROM watch_staging"));
  return {};
}

Result<void> apply(Transaction& transaction, const StoredList& list, base::UtcTime now,
                   ImportReport& report) {
  report.version = list.record.version + 1;
  REGMARK_TRY(expire(transaction, list, now));
  REGMARK_TRY(keep_ended(transaction, list, report));
  REGMARK_TRY(withdraw_missing(transaction, list, now, report));
  REGMARK_TRY(change_and_add(transaction, list, now, report));
  REGMARK_TRY(transaction.run(
      "UPDATE watch_lists SET version = version + 1, imported_at = ?2 WHERE number = ?1",
      {list.number, records::value_of(now)}));
  return unstage(transaction);
}

}  // namespace regmark::watchlist::internal
