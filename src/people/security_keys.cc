// Making security keys known, and taking them away.
#include "people/security_keys.h"

#include "base/words.h"
#include "people/internal/account_news.h"
#include "people/internal/factors.h"
#include "people/internal/rows.h"
#include "people/internal/secrets.h"
#include "people/internal/security_keys.h"
#include "people/internal/verify.h"
#include "people/people.h"

namespace regmark::people {
namespace {

using records::Transaction;

// The same for all of a person's keys; a key that is lost gives no name away.
base::Bytes handle_of(const base::Key& key, const std::string& person) {
  const auto hash = base::keyed_hash(key, base::as_bytes("handle of " + person));
  return {hash.begin(), hash.end()};
}

Result<bool> absent(const Error& error) {
  if (error.code == ErrorCode::not_found) return false;
  return tl::unexpected<Error>(error);
}

tl::unexpected<Error> no_keys() {
  return fail(ErrorCode::unavailable,
              "this office takes no security keys: it has no site for them");
}

}  // namespace

Result<std::optional<KeyChallenge>> People::challenge(std::string_view sign_in_name) {
  using Maybe = std::optional<KeyChallenge>;
  if (!takes_keys(rules_)) return Maybe();
  return database_.read([&](Transaction& transaction) -> Result<Maybe> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT id FROM people WHERE sign_in_name = ?1 AND active = 1 "
                        "AND EXISTS (SELECT 1 FROM security_keys WHERE person = people.id)",
                        {std::string(sign_in_name)}));
    if (rows.empty()) return Maybe();
    REGMARK_ASSIGN(auto made, new_challenge(transaction, *rules_.security_keys, key_,
                                            rows.front().text(0), Ceremony::get, clock_.now()));
    return Maybe(std::move(made));
  });
}

Result<KeyRequest> People::begin_security_key(const Credentials& credentials) {
  if (!takes_keys(rules_)) return no_keys();
  const auto now = clock_.now();
  return verified<KeyRequest>(
      database_, rules_, credentials, now,
      [&](Transaction& transaction, const std::string& person) -> Result<KeyRequest> {
        REGMARK_ASSIGN(auto challenge, new_challenge(transaction, *rules_.security_keys, key_,
                                                     person, Ceremony::create, now));
        return KeyRequest{std::move(challenge), handle_of(key_, person)};
      });
}

Result<AddedKey> People::add_security_key(std::string_view token, const NewKeyAnswer& answer) {
  if (!takes_keys(rules_)) return no_keys();
  REGMARK_TRY(base::check_words("the key's name", answer.name, security_key_name_size_max));
  REGMARK_ASSIGN(const auto session, this->session(token));
  const auto& person = session.person.id.text();
  const auto now = clock_.now();
  const auto& rules = *rules_.security_keys;
  REGMARK_ASSIGN(const auto challenge,
                 check_client_data(rules, Ceremony::create, answer.client_data));
  // In a transaction of its own: used up, whatever becomes of the key.
  REGMARK_ASSIGN(const bool waited, database_.write([&](Transaction& transaction) {
    return use_challenge(transaction, key_, person, Ceremony::create, challenge, now);
  }));
  if (!waited) return fail(ErrorCode::not_found, "no key is waited for: begin again");
  REGMARK_ASSIGN(const auto key, read_new_key(rules, answer.authenticator_data));
  return database_.write([&](Transaction& transaction) -> Result<AddedKey> {
    REGMARK_ASSIGN(const bool had_one, has_factor(transaction, person));
    REGMARK_ASSIGN(auto id, put_key(transaction, person, std::string(answer.name), key, now));
    REGMARK_TRY(note_change(transaction, person, AccountChange::key_added, now));
    AddedKey added{std::move(id), {}};
    if (!had_one) {
      REGMARK_ASSIGN(added.recovery_codes, new_recovery_codes(transaction, person));
    }
    REGMARK_TRY(end_other_sessions(transaction, person, hash_of_token(token)));
    return added;
  });
}

Result<std::vector<KeyRecord>> People::security_keys(const base::PersonId& person) const {
  return database_.read(
      [&](Transaction& transaction) { return keys_of(transaction, person.text()); });
}

Result<void> People::remove_security_key(const Credentials& credentials, const SecurityKeyId& key) {
  // That there is no such key is an answer: the code that was shown with it stays used up.
  const auto now = clock_.now();
  const auto remove = [&](Transaction& transaction, const std::string& person) -> Result<bool> {
    const auto removed = remove_key(transaction, person, key);
    if (!removed) return absent(removed.error());
    REGMARK_TRY(note_change(transaction, person, AccountChange::key_removed, now));
    REGMARK_TRY(drop_useless_codes(transaction, person));
    return true;
  };
  REGMARK_ASSIGN(const bool was_there, verified<bool>(database_, rules_, credentials, now, remove));
  if (!was_there) return fail(ErrorCode::invalid_input, "you have no such key");
  return {};
}

Result<void> People::take_security_key(const base::PersonId& person, const SecurityKeyId& key) {
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(active_person(transaction, person.text()));
    REGMARK_TRY(remove_key(transaction, person.text(), key));
    REGMARK_TRY(drop_useless_codes(transaction, person.text()));
    const auto now = clock_.now();
    REGMARK_TRY(note_change(transaction, person.text(), AccountChange::key_taken, now));
    return end_all(transaction, person.text(), now);
  });
}

}  // namespace regmark::people
