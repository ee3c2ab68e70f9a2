// How people show who they are.
#include <algorithm>

#include "people/internal/rows.h"
#include "people/internal/secrets.h"
#include "people/people.h"

namespace regmark::people {
namespace {

using records::Row;
using records::Transaction;

// Of names that nobody has; past it the oldest is forgotten. To get there takes an attacker
// minutes of Argon2id for each five guesses at one of them.
constexpr std::int64_t unknown_names_max = 10'000;
// Writing down each sight of a session would cost a sync for every request.
constexpr std::chrono::minutes seen_step{1};

// What is known of a name when somebody tries it.
struct Try {
  std::string person;         // empty: nobody
  std::string password_hash;  // empty: none
  base::Bytes code_hash;      // empty: none that still works
};

Result<void> erase_old_failures(Transaction& transaction, base::UtcTime now) {
  REGMARK_TRY(transaction.run("DELETE FROM sign_in_failures WHERE failed_at <= ?1",
                              {records::value_of(now - lock_time)}));
  return {};
}

Result<void> erase_old_sessions(Transaction& transaction, base::UtcTime now) {
  REGMARK_TRY(transaction.run("DELETE FROM sessions WHERE until <= ?1 OR seen_at <= ?2",
                              {records::value_of(now), records::value_of(now - idle_time)}));
  return {};
}

Result<void> count_failure(Transaction& transaction, const base::Bytes& name, bool is_known,
                           base::UtcTime now) {
  REGMARK_TRY(erase_old_failures(transaction, now));
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT failures FROM sign_in_failures WHERE name_hash = ?1", {name}));
  if (!rows.empty() && rows.front().integer(0) >= failures_max) {
    return fail(ErrorCode::limit_exceeded, "too many failures; try again in 15 minutes");
  }
  REGMARK_TRY(transaction.run(
      "DELETE FROM sign_in_failures WHERE name_hash IN (SELECT name_hash FROM sign_in_failures "
      "WHERE is_known = 0 ORDER BY failed_at DESC LIMIT -1 OFFSET ?1)",
      {unknown_names_max - 1}));
  REGMARK_TRY(transaction.run(
      "INSERT INTO sign_in_failures (name_hash, failures, failed_at, is_known) "
      "VALUES (?1, 1, ?2, ?3) ON CONFLICT (name_hash) DO UPDATE SET failures = failures + 1, "
      "failed_at = excluded.failed_at, is_known = excluded.is_known",
      {name, records::value_of(now), std::int64_t{is_known ? 1 : 0}}));
  return {};
}

base::Bytes hash_of_name(std::string_view sign_in_name) {
  const auto digest = base::sha256(base::as_bytes(sign_in_name));
  return {digest.begin(), digest.end()};
}

// Counts the failure that this try will be, unless it succeeds.
Result<Try> begin(Transaction& transaction, std::string_view sign_in_name, base::UtcTime now) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT id, password_hash, code_hash, code_until FROM people "
                                 "WHERE sign_in_name = ?1 AND active = 1",
                                 {std::string(sign_in_name)}));
  REGMARK_TRY(count_failure(transaction, hash_of_name(sign_in_name), !rows.empty(), now));
  Try found;
  if (rows.empty()) return found;
  const Row& row = rows.front();
  found.person = row.text(0);
  found.password_hash = row.text_or_empty(1);
  const auto until = row.optional_time(3);
  if (!row.is_null(2) && until && now < *until) found.code_hash = row.bytes(2);
  return found;
}

Result<void> forget_failures(Transaction& transaction, std::string_view sign_in_name) {
  REGMARK_TRY(transaction.run("DELETE FROM sign_in_failures WHERE name_hash = ?1",
                              {hash_of_name(sign_in_name)}));
  return {};
}

// Whoever is no longer there has no session either.
Result<std::pair<access::Person, std::string>> person_of(Transaction& transaction,
                                                         const std::string& person) {
  auto found = active_person(transaction, person);
  if (!found && found.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, "there is no such session");
  }
  return found;
}

// Makes room for a new session: ends those that are over, and the person's oldest.
Result<void> make_room(Transaction& transaction, const std::string& person, base::UtcTime now) {
  REGMARK_TRY(erase_old_sessions(transaction, now));
  REGMARK_TRY(
      transaction.run("DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions "
                      "WHERE person = ?1 ORDER BY created_at DESC LIMIT -1 OFFSET ?2)",
                      {person, static_cast<std::int64_t>(sessions_max) - 1}));
  return {};
}

}  // namespace

Result<void> People::choose_password(std::string_view sign_in_name, std::string_view code,
                                     std::string_view password) {
  if (password.size() < password_length_min || password.size() > password_size_max) {
    return fail(ErrorCode::invalid_input, "a password has 12 to 1,024 bytes");
  }
  const auto wrong = [] {
    return fail(ErrorCode::invalid_input, "the code is wrong, too old, or was used");
  };
  const auto now = clock_.now();
  REGMARK_ASSIGN(const auto found, database_.write([&](Transaction& transaction) {
    return begin(transaction, sign_in_name, now);
  }));
  const auto typed = hash_of_code(code);
  if (!base::equal_in_constant_time(found.code_hash, typed)) return wrong();
  REGMARK_ASSIGN(const auto hash, slow_hash(password));
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("UPDATE people SET password_hash = ?3, code_hash = NULL, code_until = NULL "
                        "WHERE id = ?1 AND code_hash = ?2",
                        {found.person, typed, hash}));
    // Another thread was faster with the same code.
    if (transaction.changed() == 0) return wrong();
    return forget_failures(transaction, sign_in_name);
  });
}

Result<NewSession> People::sign_in(std::string_view sign_in_name, std::string_view password) {
  const auto wrong = [] {
    return fail(ErrorCode::not_found, "no such sign-in name with this password");
  };
  const auto now = clock_.now();
  REGMARK_ASSIGN(const auto found, database_.write([&](Transaction& transaction) {
    return begin(transaction, sign_in_name, now);
  }));
  // A longer one was never chosen; hashing it would only be work.
  const bool matches = slow_match(found.password_hash, password.substr(0, password_size_max)) &&
                       password.size() <= password_size_max;
  if (!matches) return wrong();
  auto token = new_token();
  const auto id = base::SessionId::random();
  const auto until = now + session_time;
  return database_.write([&](Transaction& transaction) -> Result<NewSession> {
    // They may have been deactivated or reset while we compared.
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT 1 FROM people WHERE id = ?1 AND active = 1 "
                                   "AND password_hash = ?2",
                                   {found.person, found.password_hash}));
    if (rows.empty()) return wrong();
    REGMARK_TRY(forget_failures(transaction, sign_in_name));
    REGMARK_TRY(make_room(transaction, found.person, now));
    REGMARK_TRY(
        transaction.run("INSERT INTO sessions (token_hash, id, person, created_at, seen_at, until) "
                        "VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
                        {hash_of_token(token), id.text(), found.person, records::value_of(now),
                         records::value_of(until)}));
    REGMARK_ASSIGN(auto person, person_of(transaction, found.person));
    return NewSession{token, {id, std::move(person.first), std::move(person.second), until}};
  });
}

Result<Session> People::session(std::string_view token) {
  const auto hash = hash_of_token(token);
  const auto now = clock_.now();
  bool is_due = false;
  REGMARK_ASSIGN(auto session, database_.read([&](Transaction& transaction) -> Result<Session> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT id, person, seen_at, until FROM sessions "
                                   "WHERE token_hash = ?1",
                                   {hash}));
    if (rows.empty() || now >= rows.front().time(3) || now >= rows.front().time(2) + idle_time) {
      return fail(ErrorCode::not_found, "there is no such session");
    }
    const Row& row = rows.front();
    is_due = now >= row.time(2) + seen_step;
    REGMARK_ASSIGN(auto id, id_of<base::SessionId>(row.text(0)));
    REGMARK_ASSIGN(auto person, person_of(transaction, row.text(1)));
    return Session{std::move(id), std::move(person.first), std::move(person.second), row.time(3)};
  }));
  if (is_due) {
    REGMARK_TRY(database_.write([&](Transaction& transaction) -> Result<void> {
      REGMARK_TRY(transaction.run("UPDATE sessions SET seen_at = ?2 WHERE token_hash = ?1",
                                  {hash, records::value_of(now)}));
      return {};
    }));
  }
  return session;
}

Result<void> People::sign_out(std::string_view token) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("DELETE FROM sessions WHERE token_hash = ?1", {hash_of_token(token)}));
    return {};
  });
}

Result<void> People::erase_over() {
  const auto now = clock_.now();
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(erase_old_sessions(transaction, now));
    REGMARK_TRY(erase_old_failures(transaction, now));
    REGMARK_TRY(transaction.run(
        "UPDATE people SET code_hash = NULL, code_until = NULL WHERE code_until <= ?1",
        {records::value_of(now)}));
    return {};
  });
}

}  // namespace regmark::people
