// "multipart/form-data; boundary=x" taken apart (RFC 9110 section 8.3.1).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace regmark::intake {

inline constexpr std::size_t media_type_size_max = 1'024;

// What a header says: its first word and the parameters behind it. Words are lower case, names of
// parameters too; their values are as they were sent, without quotes.
struct HeaderValue {
  std::string word;  // "multipart/form-data"
  std::map<std::string, std::string> parameters;
};

// Fails with, in this order:
//   limit_exceeded   more than media_type_size_max bytes
//   invalid_input    no word; a parameter without a value, or that stands twice; an open quote
Result<HeaderValue> parse_header_value(std::string_view text);

}  // namespace regmark::intake
