// What stands before every route: who calls, from where, and whether what they sent has its shape.
#pragma once

#include "api/internal/endpoint.h"

namespace regmark::api {

// Browsers take a name with this prefix only over TLS, from this host and for all of it.
constexpr std::string_view session_cookie(Transport transport) {
  return transport == Transport::tls ? "__Host-regmark_session" : "regmark_session";
}
// A form on another site cannot send this header: it proves that a page of ours made the request.
inline constexpr std::string_view own_page_header = "X-Regmark";

// Answers one request to this endpoint. Checks, in this order: the Host header (421: a page that
// was rebound to this machine), the caller (401), where a cookie comes from (403), a second factor
// that is missing (403), the type of the
// body (415), the query and body against their schemas (400, 413).
http::Response answer(const Endpoint& endpoint, const Rooms& rooms, const http::Request& request);

// What stands behind "Bearer" in the header Authorization; empty: nothing.
std::string_view bearer_token(const http::Request& request);

// The one table from error codes to HTTP.
int status_of(ErrorCode code);
http::Response problem_of(const Error& error);

// Decodes "%C3%A9". Fails with
//   invalid_input   a broken escape, or control characters
Result<std::string> percent_decoded(std::string_view text);

}  // namespace regmark::api
