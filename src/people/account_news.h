// What people are told when they sign in of what happened to their account meanwhile.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "base/word_table.h"

namespace regmark::people {

// What was done to a password or a second factor.
enum class AccountChange {
  password_chosen,  // with a one-time code
  password_changed,
  password_reset,  // by an administrator
  app_set_up,
  key_added,
  key_removed,
  key_taken,        // by an administrator
  factors_removed,  // by an administrator
};
inline constexpr base::Words<AccountChange, 8> account_change_words{{
    {AccountChange::password_chosen, "password_chosen"},
    {AccountChange::password_changed, "password_changed"},
    {AccountChange::password_reset, "password_reset"},
    {AccountChange::app_set_up, "app_set_up"},
    {AccountChange::key_added, "key_added"},
    {AccountChange::key_removed, "key_removed"},
    {AccountChange::key_taken, "key_taken"},
    {AccountChange::factors_removed, "factors_removed"},
}};

struct ChangeRecord {
  AccountChange change;
  base::UtcTime at;
};

inline constexpr std::size_t changes_told_max = 20;
// For whoever does not sign in: longer than a long leave.
inline constexpr std::chrono::days changes_kept{365};

// Since they signed in before; of changes, those of the last days in any case.
struct AccountNews {
  std::optional<base::UtcTime> signed_in_before{};  // none: they did not, or nobody noted it
  std::int64_t refused = 0;  // tries with a wrong password, code or key, up to this sign-in
  std::vector<ChangeRecord> changes{};  // up to now, the newest first
};

}  // namespace regmark::people
