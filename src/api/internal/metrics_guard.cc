#include "api/internal/metrics_guard.h"

#include "api/http/problem.h"
#include "api/internal/guard.h"
#include "base/crypto.h"
#include "base/encoding.h"

namespace regmark::api {
namespace {

bool is_this_machine(std::string_view address) {
  constexpr std::string_view mapped = "::ffff:";
  if (address.starts_with(mapped)) address.remove_prefix(mapped.size());
  return address.starts_with("127.") || address == "::1";
}

// Hashes are of one length: how much of a guess is right does not show in the time.
bool is_token(std::string_view shown, std::string_view token) {
  return base::equal_in_constant_time(base::sha256(base::as_bytes(shown)),
                                      base::sha256(base::as_bytes(token)));
}

}  // namespace

std::optional<http::Response> refuse_metrics(const http::Request& request,
                                             const std::string& token) {
  if (token.empty()) {
    if (is_this_machine(request.remote_address)) return std::nullopt;
    return http::problem(403, "not_from_here",
                         "figures are for this machine, unless the configuration names a token");
  }
  if (is_token(bearer_token(request), token)) return std::nullopt;
  auto response = http::problem(401, "signed_out", "figures are for whoever has their token");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace regmark::api
