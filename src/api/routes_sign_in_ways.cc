// How one may sign in here, and signing in through the identity provider.
#include "api/http/problem.h"
#include "api/internal/bind.h"
#include "api/internal/door.h"
#include "api/internal/tables.h"
#include "desk/sign_in_vouched.h"

namespace regmark::api {
namespace {

constexpr std::size_t address_length_max = 4'096;
constexpr std::size_t ticket_length_max = 4'096;

// Carried to the provider and back, by the browser that went and by no other.
constexpr std::string_view way_cookie(Transport transport) {
  return transport == Transport::tls ? "__Host-regmark_way_back" : "regmark_way_back";
}

std::pair<std::string, std::string> way_back(Transport transport, std::string_view value,
                                             std::chrono::seconds age) {
  return {"Set-Cookie", cookie(way_cookie(transport), transport, value, age)};
}

Result<http::Response> read_ways(const Call& call) {
  const auto* provider = call.rooms.desk.identity_provider;
  return json_response({{"identity_provider", provider ? Json(provider->name()) : Json(nullptr)}});
}

Result<http::Response> begin(const Call& call) {
  const Turnstile::Pass pass(vouched_door(), call.request.source);
  if (!pass) return no_room();
  REGMARK_ASSIGN(const auto begun, desk::begin_vouched_sign_in(call.rooms.desk));
  auto response = json_response({{"url", begun.url}}, /*status=*/201);
  response.headers.push_back(
      way_back(call.rooms.reach.transport, begun.cookie, people::provider_time));
  return response;
}

Result<http::Response> answer_to(const Call& call, const Result<desk::VouchedSignIn>& tried) {
  if (!tried) {
    const auto& error = tried.error();
    // The provider was believed; it is this office that does not know them.
    if (error.code == ErrorCode::not_found) {
      return http::problem(401, "not_known", error.message);
    }
    if (error.code == ErrorCode::limit_exceeded) return not_shown(error, std::nullopt);
    return tl::unexpected<Error>(error);
  }
  if (const auto* needed = std::get_if<desk::FactorNeeded>(&*tried)) {
    return not_shown({ErrorCode::conflict, needed->why}, needed->challenge, needed->ticket);
  }
  return welcome(call, std::get<people::NewSession>(*tried));
}

Result<http::Response> finish(const Call& call) {
  const Turnstile::Pass pass(vouched_door(), call.request.source);
  if (!pass) return no_room();
  const auto transport = call.rooms.reach.transport;
  const auto state = text_in(call.body, "state");
  const auto code = text_in(call.body, "code");
  const auto issuer = text_in(call.body, "iss");
  const auto tried = desk::sign_in_vouched(
      call.rooms.desk, {call.request.cookie(way_cookie(transport)), state, code, issuer},
      call.request.source);
  REGMARK_ASSIGN(auto response, answer_to(call, tried));
  response.headers.push_back(way_back(transport, "", std::chrono::seconds{0}));
  return response;
}

Result<http::Response> show_factor(const Call& call) {
  const Turnstile::Pass pass(vouched_door(), call.request.source);
  if (!pass) return no_room();
  REGMARK_ASSIGN(const auto shown, shown_in(call.body));
  const auto ticket = text_in(call.body, "ticket");
  return answer_to(call, desk::sign_in_with_ticket(call.rooms.desk, ticket,
                                                   {.sign_in_name = {},
                                                    .password = {},
                                                    .code = shown.code,
                                                    .source = call.request.source,
                                                    .key = shown.key_or_none()}));
}

}  // namespace

Table sign_in_ways_table() {
  auto factor = shown_members();
  factor.front() = {"ticket", text(ticket_length_max, 1)};
  return {
      {.method = "GET",
       .pattern = "/v1/sign-in-ways",
       .id = "readSignInWays",
       .subject = "session",
       .summary = "Whether somebody else vouches for people, beside their passwords",
       .caller = Caller::anybody,
       .success = {200, "The ways", object({{"identity_provider", or_null(text(256))}})},
       .handle = read_ways},
      {.method = "POST",
       .pattern = "/v1/vouched-session/begin",
       .id = "beginVouchedSignIn",
       .subject = "session",
       .summary = "Where a browser goes to be vouched for (OpenID Connect), and a cookie for it",
       .caller = Caller::anybody,
       .body = object({}),
       .success = {201, "The identity provider's page",
                   object({{"url", text(address_length_max)}})},
       .handle = begin},
      {.method = "POST",
       .pattern = "/v1/vouched-session",
       .id = "signInVouched",
       .subject = "session",
       .summary = "Sign in with what the identity provider sent the browser back with",
       .caller = Caller::anybody,
       .body = object({{"state", text(256, 1)},
                       {"code", text(address_length_max, 1)},
                       {"iss", text(2'048), Need::optional}}),
       .success = {200, "Signed in", new_session()},
       .handle = finish},
      {.method = "POST",
       .pattern = "/v1/vouched-session/second-factor",
       .id = "showVouchedFactor",
       .subject = "session",
       .summary = "The office's own second factor, where the identity provider's does not count",
       .caller = Caller::anybody,
       .body = object(std::move(factor)),
       .success = {200, "Signed in", new_session()},
       .handle = show_factor},
  };
}

}  // namespace regmark::api
