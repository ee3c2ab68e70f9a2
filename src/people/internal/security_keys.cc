#include "people/internal/security_keys.h"

#include "base/encoding.h"
#include "people/internal/rows.h"
#include "people/internal/secrets.h"

namespace regmark::people {
namespace {

using records::Transaction;

// A challenge: random bytes, until when it is good (microseconds, the highest byte first), and a
// keyed hash of both with whose it is and what for.
constexpr std::size_t nonce_size = 32;
constexpr std::size_t until_size = 8;
constexpr std::size_t said_size = nonce_size + until_size;
static_assert(said_size + std::tuple_size_v<base::Digest> == challenge_size);

std::string word_of(Ceremony ceremony) {
  return ceremony == Ceremony::create ? "create" : "get";
}

base::Digest mark_of(const base::Key& key, const std::string& person, Ceremony ceremony,
                     std::span<const std::uint8_t> said) {
  const auto text = "challenge to " + word_of(ceremony) + " of " + person + ":";
  const auto about = base::as_bytes(text);
  base::Bytes whole(about.begin(), about.end());
  whole.insert(whole.end(), said.begin(), said.end());
  return base::keyed_hash(key, whole);
}

std::string new_challenge_text(const base::Key& key, const std::string& person, Ceremony ceremony,
                               base::UtcTime until) {
  const auto nonce = base::random_bytes<nonce_size>();
  base::Bytes bytes(nonce.begin(), nonce.end());
  const auto count = static_cast<std::uint64_t>(until.time_since_epoch().count());
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(count >> (shift - 8) & 0xffU));
  }
  const auto mark = mark_of(key, person, ceremony, bytes);
  bytes.insert(bytes.end(), mark.begin(), mark.end());
  return base::to_base64_url(bytes);
}

// Until when it is good; nothing where it is not ours, or another's, or for something else.
std::optional<base::UtcTime> until_of(const base::Key& key, const std::string& person,
                                      Ceremony ceremony, const std::string& challenge) {
  const auto bytes = base::from_base64_url(challenge);
  if (!bytes || bytes->size() != challenge_size) return std::nullopt;
  const auto said = std::span(*bytes).first(said_size);
  const auto mark = mark_of(key, person, ceremony, said);
  if (!base::equal_in_constant_time(std::span(*bytes).subspan(said_size), mark)) {
    return std::nullopt;
  }
  std::uint64_t count = 0;
  for (const auto byte : said.subspan(nonce_size)) count = count << 8U | byte;
  return base::UtcTime{base::UtcTime::duration{static_cast<std::int64_t>(count)}};
}

// As it was when its counter was seen last.
Result<std::optional<KeyMaterial>> find_key(Transaction& transaction, const std::string& person,
                                            const base::Bytes& credential) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT algorithm, public_key, counter FROM security_keys "
                                 "WHERE credential = ?1 AND person = ?2",
                                 {credential, person}));
  if (rows.empty()) return std::optional<KeyMaterial>();
  const auto& row = rows.front();
  return std::optional(KeyMaterial{credential, row.integer(0), row.bytes(1),
                                   static_cast<std::uint32_t>(row.integer(2))});
}

}  // namespace

Result<bool> has_key(Transaction& transaction, const std::string& person) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT 1 FROM security_keys WHERE person = ?1 LIMIT 1", {person}));
  return !rows.empty();
}

Result<std::vector<KeyRecord>> keys_of(Transaction& transaction, const std::string& person) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT id, name, since, used_at FROM security_keys "
                                 "WHERE person = ?1 ORDER BY since, id",
                                 {person}));
  std::vector<KeyRecord> keys;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto id, id_of<SecurityKeyId>(row.text(0)));
    keys.push_back({std::move(id), row.text(1), row.time(2), row.optional_time(3)});
  }
  return keys;
}

Result<KeyChallenge> new_challenge(Transaction& transaction, const SecurityKeyRules& rules,
                                   const base::Key& key, const std::string& person,
                                   Ceremony ceremony, base::UtcTime now) {
  KeyChallenge made{new_challenge_text(key, person, ceremony, now + challenge_time), {}, rules};
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT credential FROM security_keys WHERE person = ?1 ORDER BY since, id",
                      {person}));
  for (const auto& row : rows) made.credentials.push_back(row.bytes(0));
  return made;
}

Result<bool> use_challenge(Transaction& transaction, const base::Key& key,
                           const std::string& person, Ceremony ceremony,
                           const std::string& challenge, base::UtcTime now) {
  const auto until = until_of(key, person, ceremony, challenge);
  if (!until || now >= *until) return false;
  REGMARK_ASSIGN(const bool is_over, is_ended(transaction, person, *until - challenge_time));
  if (is_over) return false;
  REGMARK_TRY(forget_old_challenges(transaction, now));
  REGMARK_TRY(
      transaction.run("INSERT INTO key_challenges_used (challenge_hash, until) VALUES (?1, ?2) "
                      "ON CONFLICT (challenge_hash) DO NOTHING",
                      {hash_of_token(challenge), records::value_of(*until)}));
  return transaction.changed() > 0;
}

Result<std::optional<std::string>> use_key(Transaction& transaction, const SecurityKeyRules& rules,
                                           const base::Key& key, const std::string& person,
                                           const KeyAnswer& answer, base::UtcTime now) {
  const auto why = [](std::string text) { return std::optional(std::move(text)); };
  const auto challenge = check_client_data(rules, Ceremony::get, answer.client_data);
  if (!challenge) return why(challenge.error().message);
  REGMARK_ASSIGN(const bool waited,
                 use_challenge(transaction, key, person, Ceremony::get, *challenge, now));
  if (!waited) return why("the key answered a question that is not asked, or was used");
  REGMARK_ASSIGN(const auto known, find_key(transaction, person, answer.credential));
  if (!known) return why("this key is not one of theirs");
  const auto counter = check_key_signature(rules, *known, answer);
  if (!counter) return why(counter.error().message);
  // Keys that count nothing say 0 for ever. One that counted and does not any more, or stands
  // still, may be a copy.
  if ((*counter != 0 || known->counter != 0) && *counter <= known->counter) {
    return why("the key's counter did not go on: there may be a copy of it");
  }
  REGMARK_TRY(transaction.run(
      "UPDATE security_keys SET counter = ?2, used_at = ?3 WHERE credential = ?1",
      {answer.credential, static_cast<std::int64_t>(*counter), records::value_of(now)}));
  return std::optional<std::string>();
}

Result<SecurityKeyId> put_key(Transaction& transaction, const std::string& person,
                              const std::string& name, const KeyMaterial& key, base::UtcTime now) {
  REGMARK_ASSIGN(const auto known, keys_of(transaction, person));
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT 1 FROM security_keys WHERE credential = ?1", {key.credential}));
  if (!rows.empty()) return fail(ErrorCode::conflict, "this key is known to the office already");
  if (known.size() >= security_keys_max) {
    return fail(ErrorCode::limit_exceeded,
                "nobody has more than " + std::to_string(security_keys_max) + " keys");
  }
  auto id = SecurityKeyId::random();
  REGMARK_TRY(transaction.run(
      "INSERT INTO security_keys (credential, id, person, name, algorithm, public_key, counter, "
      "since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      {key.credential, id.text(), person, name, key.algorithm, key.public_key,
       static_cast<std::int64_t>(key.counter), records::value_of(now)}));
  return id;
}

Result<void> remove_key(Transaction& transaction, const std::string& person,
                        const SecurityKeyId& key) {
  REGMARK_TRY(transaction.run("DELETE FROM security_keys WHERE id = ?1 AND person = ?2",
                              {key.text(), person}));
  if (transaction.changed() == 0) return fail(ErrorCode::not_found, "there is no such key");
  return {};
}

Result<void> remove_keys(Transaction& transaction, const std::string& person) {
  REGMARK_TRY(transaction.run("DELETE FROM security_keys WHERE person = ?1", {person}));
  return {};
}

Result<void> forget_old_challenges(Transaction& transaction, base::UtcTime now) {
  REGMARK_TRY(transaction.run("DELETE FROM key_challenges_used WHERE until <= ?1",
                              {records::value_of(now)}));
  return {};
}

}  // namespace regmark::people
