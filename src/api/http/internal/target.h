// The target of a request line, "/v1/alerts/a%2Fb?count=10", taken apart.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regmark::api::http {

inline constexpr std::size_t target_size_max = 8'192;
inline constexpr std::size_t query_parameters_max = 64;

struct Target {
  std::string path;                          // decoded
  std::vector<std::string> segments;         // decoded one by one: "%2F" does not part them
  std::map<std::string, std::string> query;  // decoded
};

// Reads the origin form, and the absolute form that a proxy sends. Fails with, in this order:
//   limit_exceeded   more than target_size_max bytes, or query_parameters_max parameters
//   invalid_input    no path; a bad percent escape; bytes that are no UTF-8; a control character;
//                    a parameter that stands twice
Result<Target> parse_target(std::string_view raw);

// Whether the bytes are UTF-8 without control characters.
bool is_plain_text(std::string_view bytes);

}  // namespace regmark::api::http
