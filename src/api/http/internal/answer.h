// The bytes of an answer's status line and headers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/http/server.h"
#include "base/time.h"

namespace regmark::api::http {

enum class Length { counted, until_close };  // an event stream ends when the connection does
enum class After { keep_alive, close };

struct Framing {
  unsigned version = 11;  // of the request: 10 or 11
  Length length = Length::counted;
  After after = After::keep_alive;
};

// "Sun, 22 Nov 2026 02:40:04 GMT" (RFC 9110 section 5.6.7).
std::string http_date(base::UtcTime time);

// Whether every header may be sent as it is: tokens as names, no control characters in values.
bool is_well_formed(const Response& response);

std::string format_head(const Response& response, const Framing& framing,
                        const std::vector<std::pair<std::string, std::string>>& extra_headers,
                        base::UtcTime now);

}  // namespace regmark::api::http
