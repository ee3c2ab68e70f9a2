// Whether this is a request at all, before any rule is asked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/decide.h"

namespace regmark::access {

using Reasons = std::vector<std::string>;

// The number of characters between the first and the last that is no blank, or nothing when the
// text is no UTF-8 or carries control characters.
std::optional<std::size_t> length_of(std::string_view text);

// What is wrong with the request, whatever the policy; empty: nothing.
Reasons malformed(const Request& request);

}  // namespace regmark::access
