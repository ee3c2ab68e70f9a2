// A person's second factors in the records: an authenticator app's secret, sealed; security keys;
// and codes on paper for the day that these are lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "people/internal/totp.h"
#include "records/database.h"

namespace regmark::people {

inline constexpr std::size_t recovery_codes_count = 10;
// Wrong codes of a secret that waits; it is dropped with the last of them.
inline constexpr std::int64_t confirm_tries_max = 5;

enum class FactorAnswer { passed, wrong };

// What a typed code is worth, of an app or from paper; one that passes is used up. Fails with
//   corrupt   the secret cannot be unsealed: records and key are of different offices
Result<FactorAnswer> use_code(records::Transaction& transaction, const base::Key& key,
                              const std::string& person, std::string_view typed, base::UtcTime now);

// An app that is in force, or a key.
Result<bool> has_factor(records::Transaction& transaction, const std::string& person);

// A secret that waits for its first code, in the place of one that waits.
Result<void> begin_factor(records::Transaction& transaction, const base::Key& key,
                          const std::string& person, const TotpSecret& secret, base::UtcTime now);
// Puts the waiting secret in force if the code is its own, and gives new codes for paper; nothing
// where the code is another's, which is written down. Fails with
//   not_found       none waits, or it has waited for too long
Result<std::optional<std::vector<std::string>>> confirm_factor(records::Transaction& transaction,
                                                               const base::Key& key,
                                                               const std::string& person,
                                                               std::string_view typed,
                                                               base::UtcTime now);
// Erases secrets that nobody confirmed in time.
Result<void> forget_old_begun(records::Transaction& transaction, base::UtcTime now);
// New codes for paper, in the place of those that they had.
Result<std::vector<std::string>> new_recovery_codes(records::Transaction& transaction,
                                                    const std::string& person);
// Codes stand in for a factor: with the last one they go.
Result<void> drop_useless_codes(records::Transaction& transaction, const std::string& person);
// App, keys and codes.
Result<void> remove_factors(records::Transaction& transaction, const std::string& person);

}  // namespace regmark::people
