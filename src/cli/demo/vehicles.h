// Which vehicles the demo looks for: some that will come past, and one that a misread could be.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace regmark::cli {

// The project's own pictures and clip: beside the program, or in the source tree it was built from.
// Fails with
//   not_found   they are nowhere
Result<std::vector<std::filesystem::path>> demo_sources(const std::filesystem::path& program);

struct Wanted {
  std::vector<std::string> plates;  // that stand on the list; the first is expected to be read
  std::string csv;                  // the list itself, with a heading
};

// Lists every third plate of these, and for the second one a plate that differs by one character.
// `plates` must not be empty.
Wanted wanted_among(const std::vector<std::string>& plates);

}  // namespace regmark::cli
