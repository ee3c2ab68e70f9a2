// A secret that somebody else gave the office, in a file for its owner only.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace regmark::server {

// Without the line's end. Fails with
//   invalid_input   it is not there, cannot be read, is open to others, or is empty
Result<std::string> read_secret(const std::filesystem::path& file);

}  // namespace regmark::server
