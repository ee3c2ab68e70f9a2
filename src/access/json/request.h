// A request as a JSON file, for asking a policy without an office. docs/formats/policy.md
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/decide.h"
#include "access/policy.h"
#include "base/result.h"

namespace regmark::access {

inline constexpr std::size_t request_file_size_max = 1U << 20U;

// Fails with
//   invalid_input   no JSON, an unknown or missing member, a value that is none (member named)
Result<Request> read_request(std::string_view json);

// One row of a table of requests and the answers they should get.
struct PolicyCase {
  std::string name;
  Request request;
  bool permitted = false;
  std::vector<std::string> rules{};  // that should have decided; empty: any
};

// A file {"cases": [{"name", "request", "expect": "permitted" | "refused", "rules"?}]}. A case's
// request may leave out what "defaults", an object beside "cases", says. Fails with
//   invalid_input   as read_request() does; the case is named
Result<std::vector<PolicyCase>> read_cases(std::string_view json);

// What went wrong with this case under this policy; empty: it got the answer it should.
std::string try_case(const Policy& policy, const PolicyCase& one);

}  // namespace regmark::access
