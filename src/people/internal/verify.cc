#include "people/internal/verify.h"

#include "people/internal/secrets.h"
#include "people/internal/security_keys.h"

namespace regmark::people {

using records::Row;
using records::Transaction;

Result<Try> begin_try(Transaction& transaction, const Throttle& throttle,
                      std::string_view sign_in_name, base::UtcTime now) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT id, password_hash, code_hash, code_until FROM people "
                                 "WHERE sign_in_name = ?1 AND active = 1",
                                 {std::string(sign_in_name)}));
  REGMARK_TRY(throttle.count(transaction));
  Try found;
  if (rows.empty()) return found;
  const Row& row = rows.front();
  found.person = row.text(0);
  found.password_hash = row.text_or_empty(1);
  const auto until = row.optional_time(3);
  if (!row.is_null(2) && until && now < *until) found.code_hash = row.bytes(2);
  return found;
}

Result<Try> match_password(records::Database& database, const Throttle& throttle,
                           const Credentials& credentials, base::UtcTime now) {
  REGMARK_ASSIGN(auto found, database.write([&](Transaction& transaction) {
    return begin_try(transaction, throttle, credentials.sign_in_name, now);
  }));
  // A longer one was never chosen; hashing it would only be work.
  const auto& password = credentials.password;
  const bool matches = slow_match(found.password_hash, password.substr(0, password_size_max)) &&
                       password.size() <= password_size_max;
  if (!matches) return fail(ErrorCode::not_found, "no such sign-in name with this password");
  return found;
}

Result<void> check_still_holds(Transaction& transaction, const Try& found) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT 1 FROM people WHERE id = ?1 AND active = 1 "
                                 "AND password_hash = ?2",
                                 {found.person, found.password_hash}));
  if (rows.empty()) return fail(ErrorCode::not_found, "no such sign-in name with this password");
  return {};
}

Result<std::optional<Error>> weigh_factor(Transaction& transaction, const Throttle& throttle,
                                          const SignInRules& rules, const std::string& person,
                                          const Credentials& shown, base::UtcTime now) {
  using Refused = std::optional<Error>;
  REGMARK_ASSIGN(const bool has_one, has_factor(transaction, person));
  if (!has_one) {
    REGMARK_TRY(throttle.succeed(transaction));
    return Refused();
  }
  if (shown.key == nullptr && shown.code.empty()) {
    REGMARK_TRY(throttle.take_back(transaction));
    return Refused(Error{ErrorCode::conflict, "the second factor is needed"});
  }
  std::optional<std::string> why;
  if (shown.key == nullptr) {
    REGMARK_ASSIGN(const auto answer,
                   use_code(transaction, key_of(rules), person, shown.code, now));
    if (answer != FactorAnswer::passed) {
      why = "the code of the second factor is wrong, or was used";
    }
  } else if (!takes_keys(rules)) {
    why = "this office takes no security keys";
  } else {
    REGMARK_ASSIGN(why,
                   use_key(transaction, *rules.security_keys, *rules.key, person, *shown.key, now));
  }
  if (why) return Refused(Error{ErrorCode::conflict, *std::move(why)});
  REGMARK_TRY(throttle.succeed(transaction));
  return Refused();
}

}  // namespace regmark::people
