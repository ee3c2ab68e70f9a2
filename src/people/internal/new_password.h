// What a password must be that somebody chooses.
#pragma once

#include <string_view>

#include "base/result.h"

namespace regmark::people {

// Fails with
//   invalid_input   too short, or too long
Result<void> check_password_length(std::string_view chosen);

}  // namespace regmark::people
