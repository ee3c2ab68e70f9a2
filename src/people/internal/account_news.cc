#include "people/internal/account_news.h"

#include <algorithm>

namespace regmark::people {

using records::Transaction;

Result<void> note_change(Transaction& transaction, const std::string& person, AccountChange change,
                         base::UtcTime now) {
  REGMARK_TRY(
      transaction.run("INSERT INTO account_changes (person, at, change) VALUES (?1, ?2, ?3)",
                      {person, records::value_of(now), base::word(account_change_words, change)}));
  REGMARK_TRY(
      transaction.run("DELETE FROM account_changes WHERE rowid IN (SELECT rowid FROM "
                      "account_changes WHERE person = ?1 AND change = ?2 ORDER BY rowid DESC "
                      "LIMIT -1 OFFSET ?3)",
                      {person, base::word(account_change_words, change),
                       static_cast<std::int64_t>(changes_of_kind_kept)}));
  return {};
}

namespace {

// Whoever guessed until they were right is told of it, and whose account it is later.
Result<void> note_refused(Transaction& transaction, const std::string& person, base::UtcTime now) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT 1 FROM people WHERE people.id = ?1 AND refused > 0", {person}));
  if (rows.empty()) return {};
  return note_change(transaction, person, AccountChange::tries_refused, now);
}

}  // namespace

Result<void> begin_to_tell(Transaction& transaction, const std::string& person,
                           const std::string& session, base::UtcTime now) {
  REGMARK_TRY(transaction.run(
      "UPDATE sessions SET (signed_in_before, refused_before) = "
      "(SELECT signed_in_at, refused FROM people WHERE people.id = ?1) WHERE id = ?2",
      {person, session}));
  REGMARK_TRY(note_refused(transaction, person, now));
  REGMARK_TRY(transaction.run("UPDATE people SET signed_in_at = ?2, refused = 0 WHERE id = ?1",
                              {person, records::value_of(now)}));
  return {};
}

Result<AccountNews> news_of(Transaction& transaction, const std::string& session,
                            base::UtcTime now) {
  REGMARK_ASSIGN(const auto sessions,
                 transaction.run("SELECT person, signed_in_before, refused_before, created_at "
                                 "FROM sessions WHERE id = ?1",
                                 {session}));
  if (sessions.empty()) return fail(ErrorCode::not_found, "there is no such session");
  const auto& row = sessions.front();
  AccountNews news{.signed_in_before = row.optional_time(1), .refused = row.integer(2)};
  // What this session was refused before it began is told as a number.
  REGMARK_ASSIGN(
      const auto changes,
      transaction.run("SELECT change, at FROM account_changes WHERE person = ?1 "
                      "AND NOT (change = ?2 AND at = ?3) ORDER BY rowid DESC",
                      {row.text(0), base::word(account_change_words, AccountChange::tries_refused),
                       records::value_of(row.time(3))}));
  const auto since =
      std::min(news.signed_in_before.value_or(base::UtcTime::min()), now - changes_new_for);
  for (const auto& each : changes) {
    const auto change = base::value_of(account_change_words, each.text(0));
    if (!change) return fail(ErrorCode::corrupt, "the records hold a change that is none");
    news.changes.push_back({*change, each.time(1), each.time(1) >= since});
  }
  return news;
}

Result<void> forget_news(Transaction& transaction, const std::string& person) {
  REGMARK_TRY(transaction.run("DELETE FROM account_changes WHERE person = ?1", {person}));
  REGMARK_TRY(transaction.run("UPDATE people SET signed_in_at = NULL, refused = 0 WHERE id = ?1",
                              {person}));
  return {};
}

Result<void> forget_old_changes(Transaction& transaction, base::UtcTime now) {
  REGMARK_TRY(transaction.run("DELETE FROM account_changes WHERE at <= ?1",
                              {records::value_of(now - changes_kept)}));
  return {};
}

}  // namespace regmark::people
