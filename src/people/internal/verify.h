// Whether somebody is who they say: the one way for signing in and for what asks again.
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "people/internal/factors.h"
#include "people/internal/throttle.h"
#include "people/people.h"
#include "records/database.h"

namespace regmark::people {

// What is known of a name when somebody tries it.
struct Try {
  std::string person;         // empty: nobody
  std::string password_hash;  // empty: none
  base::Bytes code_hash;      // empty: none that still works
};

// Counts the failure that this try will be, unless it succeeds, also for telling its person. Fails
// as Throttle::count() does.
Result<Try> begin_try(records::Transaction& transaction, const Throttle& throttle,
                      std::string_view sign_in_name, base::UtcTime now);

// The try was no failure, or more than that: it succeeded. Nor is it one that its person is told
// of. For nobody's, the person is empty.
Result<void> take_back(records::Transaction& transaction, const Throttle& throttle,
                       const std::string& person);
Result<void> succeed(records::Transaction& transaction, const Throttle& throttle,
                     const std::string& person);

// Whom a name means at the provider: whom it meant when it was used first.
enum class SubjectIs { not_known, the_same, another };
Result<SubjectIs> subject_is(records::Transaction& transaction, const std::string& person,
                             const std::string& subject);
// Only of whoever has shown all that is asked of them: a namesake who fails the second factor must
// not become the person.
Result<void> bind_subject(records::Transaction& transaction, const std::string& person,
                          const std::string& subject, base::UtcTime now);

// Takes so long whether there is such a name or not. Fails with
//   not_found        not this name with this password
//   limit_exceeded   too many failures before
Result<Try> match_password(records::Database& database, const Throttle& throttle,
                           const Credentials& credentials, base::UtcTime now);

// Whoever tries with a password, or with what the provider said in its place: that is looked at by
// check_still_holds(). Fails as match_password() does.
Result<Try> match(records::Database& database, const Throttle& throttle,
                  const Credentials& credentials, base::UtcTime now);

// Fails with
//   not_found        they were deactivated or reset meanwhile; what the provider said is not of
//   them,
//                    or not said once more
Result<void> check_still_holds(records::Transaction& transaction, const Credentials& credentials,
                               const Try& found);

// What the second factor says of a try that was right so far, written down: what was no failure is
// taken back, what was shown is used up. Gives none when the person may go on.
Result<std::optional<Error>> weigh_factor(records::Transaction& transaction,
                                          const Throttle& throttle, const SignInRules& rules,
                                          const std::string& person, const Credentials& shown,
                                          base::UtcTime now);

// The key of the rules, or nought: then it seals nothing.
inline base::Key key_of(const SignInRules& rules) {
  return rules.key.value_or(base::Key{});
}

// Without a key of the office's nobody could tell its challenges from somebody else's.
inline bool takes_keys(const SignInRules& rules) {
  return rules.key && rules.security_keys;
}

// Does `work` (Transaction&, person's id -> Result<Answer>) of somebody whom match() gave, in the
// transaction in which the second factor's code is used up. Fails as People::sign_in() does, or as
// the work.
template <typename Answer, typename Work>
Result<Answer> once_matched(records::Database& database, const SignInRules& rules,
                            const Throttle& throttle, const Credentials& credentials,
                            const Try& found, base::UtcTime now, const Work& work) {
  // A refusal is written down as well, and so no error of the transaction.
  using Outcome = std::variant<Error, Answer>;
  REGMARK_ASSIGN(
      auto outcome, database.write([&](records::Transaction& transaction) -> Result<Outcome> {
        REGMARK_TRY(check_still_holds(transaction, credentials, found));
        REGMARK_ASSIGN(auto refused,
                       weigh_factor(transaction, throttle, rules, found.person, credentials, now));
        if (refused) return Outcome(*std::move(refused));
        REGMARK_ASSIGN(auto answer, work(transaction, found.person));
        return Outcome(std::move(answer));
      }));
  if (auto* refused = std::get_if<Error>(&outcome)) return tl::unexpected<Error>(*refused);
  return std::get<Answer>(std::move(outcome));
}

// Both steps. Fails likewise.
template <typename Answer, typename Work>
Result<Answer> verified(records::Database& database, const SignInRules& rules,
                        const Credentials& credentials, base::UtcTime now, const Work& work) {
  const Throttle throttle(key_of(rules), credentials.sign_in_name, credentials.source, now);
  REGMARK_ASSIGN(const auto found, match(database, throttle, credentials, now));
  return once_matched<Answer>(database, rules, throttle, credentials, found, now, work);
}

}  // namespace regmark::people
