// How people show who they are.
#include <algorithm>

#include "people/internal/account_news.h"
#include "people/internal/factors.h"
#include "people/internal/new_password.h"
#include "people/internal/rows.h"
#include "people/internal/secrets.h"
#include "people/internal/security_keys.h"
#include "people/internal/throttle.h"
#include "people/internal/verify.h"
#include "people/people.h"

namespace regmark::people {
namespace {

using records::Row;
using records::Transaction;

// Writing down each sight of a session would cost a sync for every request.
constexpr std::chrono::minutes seen_step{1};

Result<void> erase_old_sessions(Transaction& transaction, base::UtcTime now) {
  REGMARK_TRY(transaction.run("DELETE FROM sessions WHERE until <= ?1 OR seen_at <= ?2",
                              {records::value_of(now), records::value_of(now - idle_time)}));
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

bool has_one_of(const access::Person& person, const std::vector<access::Role>& roles) {
  return std::ranges::any_of(person.roles, [&](access::Role role) {
    return std::ranges::find(roles, role) != roles.end();
  });
}

// By whom the second factor of a session was seen.
enum class FactorSeen { here, by_provider };

Result<bool> lacks_factor(Transaction& transaction, const SignInRules& rules,
                          const access::Person& person, FactorSeen seen) {
  if (seen == FactorSeen::by_provider || !has_one_of(person, rules.second_factor)) return false;
  REGMARK_ASSIGN(const bool has, has_factor(transaction, person.id.text()));
  return !has;
}

Result<NewSession> open_session(Transaction& transaction, const SignInRules& rules,
                                const std::string& person, FactorSeen seen, base::UtcTime now) {
  auto token = new_token();
  auto id = base::SessionId::random();
  const auto until = now + session_time;
  REGMARK_TRY(make_room(transaction, person, now));
  REGMARK_TRY(transaction.run(
      "INSERT INTO sessions (token_hash, id, person, created_at, seen_at, until, factor_vouched) "
      "VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
      {hash_of_token(token), id.text(), person, records::value_of(now), records::value_of(until),
       std::int64_t{seen == FactorSeen::by_provider}}));
  REGMARK_TRY(begin_to_tell(transaction, person, id.text(), now));
  REGMARK_ASSIGN(auto found, person_of(transaction, person));
  REGMARK_ASSIGN(const bool lacks, lacks_factor(transaction, rules, found.first, seen));
  return NewSession{std::move(token),
                    {std::move(id), std::move(found.first), std::move(found.second), until, lacks}};
}

}  // namespace

Result<void> People::choose_password(std::string_view sign_in_name, std::string_view code,
                                     std::string_view password, std::string_view source) {
  REGMARK_TRY(check_password_length(password));
  const auto wrong = [] {
    return fail(ErrorCode::invalid_input, "the code is wrong, too old, or was used");
  };
  const auto now = clock_.now();
  const Throttle throttle(key_, sign_in_name, source, now);
  REGMARK_ASSIGN(const auto found, database_.write([&](Transaction& transaction) {
    return begin_try(transaction, throttle, sign_in_name, now);
  }));
  const auto typed = hash_of_code(code);
  if (!base::equal_in_constant_time(found.code_hash, typed)) {
    // Guesses cost what they would cost anywhere else here.
    static_cast<void>(slow_match({}, password));
    return wrong();
  }
  // After the code: what is common depends on who they are, and only they may learn that.
  REGMARK_ASSIGN(const auto names, database_.read([&](Transaction& transaction) {
    return names_about(transaction, found.person);
  }));
  if (auto uncommon = check_is_uncommon(password, names); !uncommon) {
    REGMARK_TRY(database_.write(
        [&](Transaction& transaction) { return take_back(transaction, throttle, found.person); }));
    return uncommon;
  }
  REGMARK_ASSIGN(const auto hash, slow_hash(password));
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("UPDATE people SET password_hash = ?3, code_hash = NULL, code_until = NULL "
                        "WHERE id = ?1 AND code_hash = ?2",
                        {found.person, typed, hash}));
    // Another thread was faster with the same code.
    if (transaction.changed() == 0) return wrong();
    REGMARK_TRY(note_change(transaction, found.person, AccountChange::password_chosen, now));
    return succeed(transaction, throttle, found.person);
  });
}

Result<NewSession> People::sign_in(const Credentials& credentials) {
  const auto now = clock_.now();
  // Nothing: not with a password. An answer, for all that was shown was right and is used up.
  using Opened = std::optional<NewSession>;
  const auto open = [&](Transaction& transaction, const std::string& person) -> Result<Opened> {
    REGMARK_ASSIGN(const auto found, person_of(transaction, person));
    if (rules_.passwords && !has_one_of(found.first, *rules_.passwords)) return Opened();
    REGMARK_ASSIGN(auto opened, open_session(transaction, rules_, person, FactorSeen::here, now));
    return Opened(std::move(opened));
  };
  REGMARK_ASSIGN(auto opened, verified<Opened>(database_, rules_, credentials, now, open));
  if (opened) return *std::move(opened);
  return fail(ErrorCode::invalid_input,
              "people of your roles sign in at the identity provider, not with a password");
}

Result<NewSession> People::sign_in_vouched(const Vouched& vouched, const Credentials& shown) {
  const auto now = clock_.now();
  const Throttle throttle(key_, vouched.sign_in_name, shown.source, now);
  REGMARK_ASSIGN(const auto found, database_.write([&](Transaction& transaction) {
    return begin_try(transaction, throttle, vouched.sign_in_name, now);
  }));
  using Outcome = std::variant<Error, NewSession>;
  const auto nobody = [] {
    return Outcome(Error{ErrorCode::not_found,
                         "the identity provider knows you, and this office does not: an "
                         "administrator must add you first"});
  };
  const auto said_before = [] {
    return Outcome(Error{ErrorCode::invalid_input,
                         "an administrator has ended what you began: sign in again"});
  };
  REGMARK_ASSIGN(auto outcome, database_.write([&](Transaction& transaction) -> Result<Outcome> {
    if (found.person.empty()) return nobody();
    REGMARK_ASSIGN(const auto subject, subject_is(transaction, found.person, vouched.subject));
    if (subject == SubjectIs::another) return nobody();
    REGMARK_ASSIGN(const bool is_over, is_ended(transaction, found.person, vouched.at));
    if (is_over) return said_before();
    if (vouched.second_factor) {
      REGMARK_TRY(succeed(transaction, throttle, found.person));
    } else {
      REGMARK_ASSIGN(auto refused,
                     weigh_factor(transaction, throttle, rules_, found.person, shown, now));
      if (refused) return Outcome(*std::move(refused));
    }
    REGMARK_TRY(bind_subject(transaction, found.person, vouched.subject, now));
    const auto seen = vouched.second_factor ? FactorSeen::by_provider : FactorSeen::here;
    REGMARK_ASSIGN(auto opened, open_session(transaction, rules_, found.person, seen, now));
    return Outcome(std::move(opened));
  }));
  if (auto* refused = std::get_if<Error>(&outcome)) return tl::unexpected<Error>(*refused);
  return std::get<NewSession>(std::move(outcome));
}

Result<void> People::count_return(std::string_view source) {
  const auto throttle = Throttle::of_return(key_, source, clock_.now());
  return database_.write([&](Transaction& transaction) { return throttle.count(transaction); });
}

Result<void> People::take_return_back(std::string_view source) {
  const auto throttle = Throttle::of_return(key_, source, clock_.now());
  return database_.write([&](Transaction& transaction) { return throttle.take_back(transaction); });
}

Result<Session> People::session(std::string_view token) {
  const auto hash = hash_of_token(token);
  const auto now = clock_.now();
  bool is_due = false;
  REGMARK_ASSIGN(auto session, database_.read([&](Transaction& transaction) -> Result<Session> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT id, person, seen_at, until, factor_vouched "
                                   "FROM sessions WHERE token_hash = ?1",
                                   {hash}));
    if (rows.empty() || now >= rows.front().time(3) || now >= rows.front().time(2) + idle_time) {
      return fail(ErrorCode::not_found, "there is no such session");
    }
    const Row& row = rows.front();
    is_due = now >= row.time(2) + seen_step;
    REGMARK_ASSIGN(auto id, id_of<base::SessionId>(row.text(0)));
    REGMARK_ASSIGN(auto person, person_of(transaction, row.text(1)));
    const auto seen = row.integer(4) != 0 ? FactorSeen::by_provider : FactorSeen::here;
    REGMARK_ASSIGN(const bool lacks, lacks_factor(transaction, rules_, person.first, seen));
    return Session{std::move(id), std::move(person.first), std::move(person.second), row.time(3),
                   lacks};
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
    REGMARK_TRY(forget_old_tries(transaction, now));
    REGMARK_TRY(forget_old_challenges(transaction, now));
    REGMARK_TRY(forget_old_begun(transaction, now));
    REGMARK_TRY(forget_old_changes(transaction, now));
    REGMARK_TRY(transaction.run(
        "UPDATE people SET code_hash = NULL, code_until = NULL WHERE code_until <= ?1",
        {records::value_of(now)}));
    return {};
  });
}

}  // namespace regmark::people
