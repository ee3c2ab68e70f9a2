// What a password must be that somebody chooses.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "records/database.h"

namespace regmark::people {

// As a power of ten. From here on zxcvbn's authors call a password "safely unguessable", also for
// somebody who has its slow hash: score 3 of github.com/dropbox/zxcvbn (README.md), and D. L.
// Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016. That is of
// their program; libzxcvbn, which estimates here, is another after it, and often counts more.
inline constexpr double guesses_log10_min = 8;

// Fails with
//   invalid_input   too short, or too long
Result<void> check_password_length(std::string_view chosen);

// What somebody tries first who knows whose password it is: the names of the person, of what they
// belong to, and of this program.
Result<std::vector<std::string>> names_about(records::Transaction& transaction,
                                             const std::string& person);
// Fails with
//   invalid_input   it is among the first 10^guesses_log10_min that somebody tries
Result<void> check_is_uncommon(std::string_view chosen, std::span<const std::string> names);

}  // namespace regmark::people
