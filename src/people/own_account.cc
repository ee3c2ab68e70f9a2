// What people do about their own account, once they are signed in.
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

}  // namespace

Result<void> People::change_password(std::string_view token, const Credentials& shown,
                                     std::string_view chosen) {
  REGMARK_TRY(check_password_length(chosen));
  REGMARK_ASSIGN(const auto session, this->session(token));
  const auto& owner = session.person.id.text();
  REGMARK_TRY(database_.read(
      [&](Transaction& transaction) { return check_new_password(transaction, owner, chosen); }));
  if (chosen == shown.password) {
    return fail(ErrorCode::invalid_input, "this is the password that you have: choose another");
  }
  auto by_password = shown;
  by_password.vouched = nullptr;
  const auto now = clock_.now();
  const Throttle throttle(key_, shown.sign_in_name, shown.source, now);
  REGMARK_ASSIGN(const auto found, match_password(database_, throttle, by_password, now));
  // Before the transaction, for it is slow.
  REGMARK_ASSIGN(const auto hash, slow_hash(chosen));
  const auto put = [&](Transaction& transaction, const std::string& person) -> Result<bool> {
    if (person != owner) return fail(ErrorCode::not_found, "this is another's session");
    REGMARK_TRY(
        transaction.run("UPDATE people SET password_hash = ?2 WHERE id = ?1", {person, hash}));
    REGMARK_TRY(end_other_sessions(transaction, person, hash_of_token(token)));
    return true;
  };
  REGMARK_TRY(once_matched<bool>(database_, rules_, throttle, by_password, found, now, put));
  return {};
}

}  // namespace regmark::people
