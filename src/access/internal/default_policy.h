// The text of default_policy.toml, built into the program.
#pragma once

#include <string_view>

namespace regmark::access {

std::string_view default_policy_text();

}  // namespace regmark::access
