// Where an office is, as a person writes it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace regmark::relay {

// "https://anpr.example:8600/" without the slashes at its end. Fails with
//   invalid_input   no http or https address; http to another machine, for a token must not cross
//                   a network unsealed
Result<std::string> office_address(std::string_view text);

}  // namespace regmark::relay
