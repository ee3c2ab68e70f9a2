// Errors as application/problem+json (RFC 9457): the one shape of every answer that is no success.
#pragma once

#include <string>
#include <string_view>

#include "api/http/server.h"

namespace regmark::api::http {

// "Not Found" for 404; "Unknown" for a number that HTTP does not name.
std::string_view reason_of(int status);

// {"type":"about:blank","title":...,"status":...,"code":...,"detail":...}; `detail` is for a person
// to read and never holds a plate or a name.
Response problem(int status, std::string_view code, std::string_view detail);

}  // namespace regmark::api::http
