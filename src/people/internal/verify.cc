#include "people/internal/verify.h"

#include "people/internal/rows.h"
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
  // Written for names that nobody has as well, where it changes nothing.
  REGMARK_TRY(
      transaction.run("UPDATE people SET refused = refused + 1 WHERE sign_in_name = ?1 "
                      "AND active = 1",
                      {std::string(sign_in_name)}));
  Try found;
  if (rows.empty()) return found;
  const Row& row = rows.front();
  found.person = row.text(0);
  found.password_hash = row.text_or_empty(1);
  const auto until = row.optional_time(3);
  if (!row.is_null(2) && until && now < *until) found.code_hash = row.bytes(2);
  return found;
}

namespace {

Result<void> count_one_less(Transaction& transaction, const std::string& person) {
  REGMARK_TRY(
      transaction.run("UPDATE people SET refused = refused - 1 WHERE id = ?1 "
                      "AND refused > 0",
                      {person}));
  return {};
}

}  // namespace

Result<void> take_back(Transaction& transaction, const Throttle& throttle,
                       const std::string& person) {
  REGMARK_TRY(count_one_less(transaction, person));
  return throttle.take_back(transaction);
}

Result<void> succeed(Transaction& transaction, const Throttle& throttle,
                     const std::string& person) {
  REGMARK_TRY(count_one_less(transaction, person));
  return throttle.succeed(transaction);
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

Result<SubjectIs> subject_is(Transaction& transaction, const std::string& person,
                             const std::string& subject) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT subject_hash FROM provider_subjects WHERE person = ?1", {person}));
  if (rows.empty()) return SubjectIs::not_known;
  return rows.front().bytes(0) == hash_of_token(subject) ? SubjectIs::the_same : SubjectIs::another;
}

Result<void> bind_subject(Transaction& transaction, const std::string& person,
                          const std::string& subject, base::UtcTime now) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO provider_subjects (person, subject_hash, since) VALUES (?1, ?2, ?3) "
      "ON CONFLICT (person) DO NOTHING",
      {person, hash_of_token(subject), records::value_of(now)}));
  return {};
}

Result<Try> match(records::Database& database, const Throttle& throttle,
                  const Credentials& credentials, base::UtcTime now) {
  if (credentials.vouched == nullptr) return match_password(database, throttle, credentials, now);
  return database.write([&](Transaction& transaction) {
    return begin_try(transaction, throttle, credentials.sign_in_name, now);
  });
}

namespace {

// Whom the name means at the provider must be known: whoever has a session of its, is.
Result<void> check_vouched(Transaction& transaction, const Credentials& credentials,
                           const Try& found) {
  const auto& vouched = *credentials.vouched;
  const auto refused = [] {
    return fail(ErrorCode::not_found, "the identity provider did not say just now that it is you");
  };
  if (found.person.empty() || !vouched.once_more ||
      vouched.sign_in_name != credentials.sign_in_name) {
    return refused();
  }
  REGMARK_ASSIGN(const auto subject, subject_is(transaction, found.person, vouched.subject));
  REGMARK_ASSIGN(const bool is_over, is_ended(transaction, found.person, vouched.at));
  if (subject != SubjectIs::the_same || is_over) return refused();
  return {};
}

}  // namespace

Result<void> check_still_holds(Transaction& transaction, const Credentials& credentials,
                               const Try& found) {
  if (credentials.vouched != nullptr) return check_vouched(transaction, credentials, found);
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
    REGMARK_TRY(succeed(transaction, throttle, person));
    return Refused();
  }
  if (shown.key == nullptr && shown.code.empty()) {
    REGMARK_TRY(take_back(transaction, throttle, person));
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
  REGMARK_TRY(succeed(transaction, throttle, person));
  return Refused();
}

}  // namespace regmark::people
