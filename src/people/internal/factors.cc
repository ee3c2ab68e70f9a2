#include "people/internal/factors.h"

#include <algorithm>

#include "people/internal/secrets.h"
#include "people/internal/security_keys.h"

namespace regmark::people {
namespace {

using records::Transaction;

// Long enough to install an app; a secret that nobody took must not wait for whoever comes next.
constexpr std::chrono::minutes waits_max{15};

std::string context_of(const std::string& person) {
  return "second factor of " + person;
}

bool is_recovery_code(std::string_view typed) {
  // Those of an app are digits; those on paper are longer.
  return std::ranges::count_if(typed, [](char c) { return c != ' ' && c != '-'; }) > totp_digits;
}

Result<FactorAnswer> use_recovery_code(Transaction& transaction, const std::string& person,
                                       std::string_view typed) {
  REGMARK_TRY(transaction.run("DELETE FROM recovery_codes WHERE person = ?1 AND code_hash = ?2",
                              {person, hash_of_code(typed)}));
  return transaction.changed() > 0 ? FactorAnswer::passed : FactorAnswer::wrong;
}

Result<void> remove_app(Transaction& transaction, const std::string& person) {
  for (const auto* table : {"second_factors", "second_factors_begun"}) {
    REGMARK_TRY(
        transaction.run("DELETE FROM " + std::string(table) + " WHERE person = ?1", {person}));
  }
  return {};
}

// Of six digits a few guesses are nothing; an open session must not have a million.
Result<void> count_wrong(Transaction& transaction, const std::string& person) {
  REGMARK_TRY(transaction.run("UPDATE second_factors_begun SET wrong = wrong + 1 WHERE person = ?1",
                              {person}));
  REGMARK_TRY(transaction.run("DELETE FROM second_factors_begun WHERE person = ?1 AND wrong >= ?2",
                              {person, confirm_tries_max}));
  return {};
}

}  // namespace

Result<bool> has_factor(Transaction& transaction, const std::string& person) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT 1 FROM second_factors WHERE person = ?1", {person}));
  if (!rows.empty()) return true;
  return has_key(transaction, person);
}

Result<FactorAnswer> use_code(Transaction& transaction, const base::Key& key,
                              const std::string& person, std::string_view typed,
                              base::UtcTime now) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT sealed, used_last FROM second_factors WHERE person = ?1", {person}));
  if (is_recovery_code(typed)) return use_recovery_code(transaction, person, typed);
  if (rows.empty()) return FactorAnswer::wrong;
  REGMARK_ASSIGN(auto secret, base::unseal(key, rows.front().bytes(0), context_of(person)));
  const auto step = totp_match(secret, typed, now, rows.front().integer(1));
  base::wipe(secret);
  if (!step) return FactorAnswer::wrong;
  REGMARK_TRY(transaction.run("UPDATE second_factors SET used_last = ?2 WHERE person = ?1",
                              {person, *step}));
  return FactorAnswer::passed;
}

Result<void> begin_factor(Transaction& transaction, const base::Key& key, const std::string& person,
                          const TotpSecret& secret, base::UtcTime now) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO second_factors_begun (person, sealed, begun_at) VALUES (?1, ?2, ?3) "
      "ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, begun_at = excluded.begun_at, "
      "wrong = 0",
      {person, base::seal(key, secret, context_of(person)), records::value_of(now)}));
  return {};
}

Result<std::optional<std::vector<std::string>>> confirm_factor(Transaction& transaction,
                                                               const base::Key& key,
                                                               const std::string& person,
                                                               std::string_view typed,
                                                               base::UtcTime now) {
  using Codes = std::optional<std::vector<std::string>>;
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT sealed FROM second_factors_begun "
                                                  "WHERE person = ?1 AND begun_at > ?2",
                                                  {person, records::value_of(now - waits_max)}));
  if (rows.empty()) return fail(ErrorCode::not_found, "no second factor waits to be confirmed");
  const auto sealed = rows.front().bytes(0);
  REGMARK_ASSIGN(auto secret, base::unseal(key, sealed, context_of(person)));
  const auto step = totp_match(secret, typed, now, 0);
  base::wipe(secret);
  if (!step) {
    REGMARK_TRY(count_wrong(transaction, person));
    return Codes();
  }
  REGMARK_TRY(remove_app(transaction, person));
  REGMARK_TRY(transaction.run(
      "INSERT INTO second_factors (person, sealed, used_last, since) VALUES (?1, ?2, ?3, ?4)",
      {person, sealed, *step, records::value_of(now)}));
  REGMARK_ASSIGN(auto codes, new_recovery_codes(transaction, person));
  return Codes(std::move(codes));
}

Result<void> forget_old_begun(Transaction& transaction, base::UtcTime now) {
  REGMARK_TRY(transaction.run("DELETE FROM second_factors_begun WHERE begun_at <= ?1",
                              {records::value_of(now - waits_max)}));
  return {};
}

Result<std::vector<std::string>> new_recovery_codes(Transaction& transaction,
                                                    const std::string& person) {
  REGMARK_TRY(transaction.run("DELETE FROM recovery_codes WHERE person = ?1", {person}));
  std::vector<std::string> codes;
  while (codes.size() < recovery_codes_count) {
    codes.push_back(new_code());
    REGMARK_TRY(transaction.run("INSERT INTO recovery_codes (person, code_hash) VALUES (?1, ?2)",
                                {person, hash_of_code(codes.back())}));
  }
  return codes;
}

Result<void> drop_useless_codes(Transaction& transaction, const std::string& person) {
  REGMARK_ASSIGN(const bool has_one, has_factor(transaction, person));
  if (has_one) return {};
  REGMARK_TRY(transaction.run("DELETE FROM recovery_codes WHERE person = ?1", {person}));
  return {};
}

Result<void> remove_factors(Transaction& transaction, const std::string& person) {
  REGMARK_TRY(remove_app(transaction, person));
  REGMARK_TRY(remove_keys(transaction, person));
  return drop_useless_codes(transaction, person);
}

}  // namespace regmark::people
