// Which plates stand in the pictures of a folder: labels.tsv.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/geometry.h"

namespace regmark::reading {

inline constexpr std::size_t labels_max = 1'000'000;

struct Label {
  std::string file;  // a name in the folder, without a path
  Box box;
  std::string text;  // empty: not known
};

// Reads a header line "file x y w h text" and one line for each plate, all with tabs between.
// Fails with, in this order:
//   limit_exceeded   more than labels_max lines
//   invalid_input    another header; a line that has not six parts, a number that is none, or a
//                    file with a folder in its name. The message says which line.
Result<std::vector<Label>> parse_labels(std::string_view text);

}  // namespace regmark::reading
