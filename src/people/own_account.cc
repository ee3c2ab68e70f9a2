// What people do about their own account, once they are signed in.
#include <algorithm>

#include "people/internal/account_news.h"
#include "people/internal/new_password.h"
#include "people/internal/rows.h"
#include "people/internal/secrets.h"
#include "people/internal/verify.h"
#include "people/people.h"

namespace regmark::people {
namespace {

using records::Transaction;

// Known before they show who they are once more: a session has whom it is about.
Result<void> check_new_password(Transaction& transaction, const std::string& person,
                                std::string_view chosen) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT 1 FROM people WHERE id = ?1 AND password_hash IS NOT NULL",
                                 {person}));
  if (rows.empty()) {
    return fail(ErrorCode::invalid_input,
                "you have no password here: it is the identity provider that knows you, and "
                "whatever you show it is changed there");
  }
  REGMARK_ASSIGN(const auto names, names_about(transaction, person));
  return check_is_uncommon(chosen, names);
}

Result<std::vector<OpenSession>> open_sessions(Transaction& transaction, const std::string& person,
                                               base::UtcTime now) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT id, created_at, seen_at, until FROM sessions "
                      "WHERE person = ?1 AND until > ?2 AND seen_at > ?3 "
                      "ORDER BY created_at DESC, id",
                      {person, records::value_of(now), records::value_of(now - idle_time)}));
  std::vector<OpenSession> open;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto id, id_of<base::SessionId>(row.text(0)));
    open.push_back({std::move(id), row.time(1), row.time(2), row.time(3)});
  }
  return open;
}

Result<void> end_one(Transaction& transaction, const base::SessionId& session) {
  REGMARK_TRY(transaction.run("DELETE FROM sessions WHERE id = ?1", {session.text()}));
  return {};
}

}  // namespace

Result<void> People::change_password(std::string_view token, const Credentials& shown,
                                     std::string_view chosen) {
  REGMARK_TRY(check_password_length(chosen));
  REGMARK_ASSIGN(const auto session, this->session(token));
  const auto& owner = session.person.id.text();
  REGMARK_TRY(database_.read(
      [&](Transaction& transaction) { return check_new_password(transaction, owner, chosen); }));
  auto by_password = shown;
  by_password.vouched = nullptr;
  const auto now = clock_.now();
  const Throttle throttle(key_, shown.sign_in_name, shown.source, now);
  REGMARK_ASSIGN(const auto found, match_password(database_, throttle, by_password, now));
  // Before the transaction, for it is slow.
  REGMARK_ASSIGN(const auto hash, slow_hash(chosen));
  const auto put = [&](Transaction& transaction, const std::string& person) -> Result<bool> {
    if (person != owner) return fail(ErrorCode::not_found, "this is another's session");
    if (chosen == shown.password) {
      return fail(ErrorCode::invalid_input, "this is the password that you have: choose another");
    }
    REGMARK_TRY(
        transaction.run("UPDATE people SET password_hash = ?2 WHERE id = ?1", {person, hash}));
    REGMARK_TRY(note_change(transaction, person, AccountChange::password_changed, now));
    REGMARK_TRY(end_other_sessions(transaction, person, hash_of_token(token)));
    return true;
  };
  REGMARK_TRY(once_matched<bool>(database_, rules_, throttle, by_password, found, now, put));
  return {};
}

Result<AccountNews> People::news(const base::SessionId& session) const {
  const auto now = clock_.now();
  return database_.read(
      [&](Transaction& transaction) { return news_of(transaction, session.text(), now); });
}

Result<std::vector<OpenSession>> People::sessions(const base::PersonId& person) const {
  const auto now = clock_.now();
  return database_.read(
      [&](Transaction& transaction) { return open_sessions(transaction, person.text(), now); });
}

Result<void> People::end_session(const base::PersonId& person, const base::SessionId& session) {
  const auto now = clock_.now();
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_ASSIGN(const auto open, open_sessions(transaction, person.text(), now));
    if (std::ranges::find(open, session, &OpenSession::id) == open.end()) {
      return fail(ErrorCode::not_found, "there is no such session of yours");
    }
    return end_one(transaction, session);
  });
}

Result<std::vector<base::SessionId>> People::end_sessions_but(const base::PersonId& person,
                                                              const base::SessionId& session) {
  using Ended = std::vector<base::SessionId>;
  const auto now = clock_.now();
  return database_.write([&](Transaction& transaction) -> Result<Ended> {
    REGMARK_ASSIGN(const auto open, open_sessions(transaction, person.text(), now));
    Ended ended;
    for (const auto& one : open) {
      if (one.id == session) continue;
      REGMARK_TRY(end_one(transaction, one.id));
      ended.push_back(one.id);
    }
    return ended;
  });
}

}  // namespace regmark::people
