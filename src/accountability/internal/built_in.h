// The text of redaction.toml, built into the program.
#pragma once

#include <string_view>

namespace regmark::accountability {

std::string_view redaction_text();

}  // namespace regmark::accountability
