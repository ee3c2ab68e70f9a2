// multipart/form-data (RFC 7578): several named bodies in one, such as reads and their pictures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regmark::intake {

inline constexpr std::size_t boundary_length_max = 70;  // RFC 2046 section 5.1.1
inline constexpr std::size_t part_header_size_max = 4'096;

// Points into the body it was read from.
struct Part {
  std::string name;
  std::string content_type;  // lower case, without parameters; empty: not said
  std::string_view content;
};

// Reads the parts in order. What stands before the first boundary and after the last is ignored.
// Fails with, in this order:
//   invalid_input    the boundary is none
//   limit_exceeded   more than parts_max parts, or a part's headers above part_header_size_max
//   invalid_input    no boundary in the body, a part that does not end, a header that does not
//                    read, a part without a name
Result<std::vector<Part>> parse_multipart(std::string_view boundary, std::string_view body,
                                          std::size_t parts_max);

}  // namespace regmark::intake
