// What people are told when they sign in of what happened to their account meanwhile.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "base/word_table.h"

namespace regmark::people {

// What was done to a password or a second factor, or tried.
enum class AccountChange {
  password_chosen,  // with a one-time code
  password_changed,
  password_reset,  // by an administrator
  app_set_up,
  key_added,
  key_removed,
  key_taken,        // by an administrator
  factors_removed,  // by an administrator
  tries_refused,    // before the sign-in of that moment, which was told how many
};
inline constexpr base::Words<AccountChange, 9> account_change_words{{
    {AccountChange::password_chosen, "password_chosen"},
    {AccountChange::password_changed, "password_changed"},
    {AccountChange::password_reset, "password_reset"},
    {AccountChange::app_set_up, "app_set_up"},
    {AccountChange::key_added, "key_added"},
    {AccountChange::key_removed, "key_removed"},
    {AccountChange::key_taken, "key_taken"},
    {AccountChange::factors_removed, "factors_removed"},
    {AccountChange::tries_refused, "tries_refused"},
}};

struct ChangeRecord {
  AccountChange change;
  base::UtcTime at;
  bool is_new = false;  // since they signed in before, or of the last days
};

// Of each kind the newest: many of one hide none of another.
inline constexpr std::size_t changes_of_kind_kept = 3;
inline constexpr std::size_t changes_told_max = account_change_words.size() * changes_of_kind_kept;
// Longer than a long leave.
inline constexpr std::chrono::days changes_kept{365};

struct AccountNews {
  std::optional<base::UtcTime> signed_in_before{};  // none: they did not, or nobody noted it
  std::int64_t refused =
      0;  // tries with a wrong password, code or key, since then, up to this sign-in
  std::vector<ChangeRecord> changes{};  // that are kept, up to now, the newest first
};

}  // namespace regmark::people
