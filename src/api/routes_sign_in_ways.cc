// How one may sign in here, and signing in through the identity provider.
#include "api/http/problem.h"
#include "api/internal/bind.h"
#include "api/internal/door.h"
#include "api/internal/tables.h"
#include "desk/sign_in_vouched.h"

namespace regmark::api {
namespace {

constexpr std::size_t address_length_max = 4'096;

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

// Where the browser goes, and what it takes along.
Result<http::Response> leave(const Call& call,
                             const Result<people::IdentityProvider::Begun>& begun) {
  if (!begun) return tl::unexpected<Error>(begun.error());
  auto response = json_response({{"url", begun->url}}, /*status=*/201);
  response.headers.push_back(
      way_back(call.rooms.reach.transport, begun->cookie, people::provider_time));
  return response;
}

Result<http::Response> begin(const Call& call) {
  const Turnstile::Pass pass(vouched_door(), call.request.source);
  if (!pass) return no_room();
  return leave(call, desk::begin_vouched_sign_in(call.rooms.desk));
}

Result<http::Response> begin_once_more(const Call& call) {
  const Turnstile::Pass pass(vouched_door(), call.request.source);
  if (!pass) return no_room();
  return leave(call, desk::begin_vouch_once_more(call.rooms.desk));
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

// What a browser brings back.
struct Back {
  explicit Back(const Call& call)
      : cookie(call.request.cookie(way_cookie(call.rooms.reach.transport))),
        state(text_in(call.body, "state")),
        code(text_in(call.body, "code")),
        issuer(text_in(call.body, "iss")) {}
  people::IdentityProvider::Returned returned() const { return {cookie, state, code, issuer}; }

  const std::string cookie, state, code, issuer;
};

Result<http::Response> finish(const Call& call) {
  const Turnstile::Pass pass(vouched_door(), call.request.source);
  if (!pass) return no_room();
  const Back back(call);
  const auto tried = desk::sign_in_vouched(call.rooms.desk, back.returned(), call.request.source);
  REGMARK_ASSIGN(auto response, answer_to(call, tried));
  response.headers.push_back(way_back(call.rooms.reach.transport, "", std::chrono::seconds{0}));
  return response;
}

Result<http::Response> finish_once_more(const Call& call) {
  const Turnstile::Pass pass(vouched_door(), call.request.source);
  if (!pass) return no_room();
  const Back back(call);
  const auto ticket =
      desk::vouch_once_more(call.rooms.desk, *call.session, back.returned(), call.request.source);
  if (!ticket) {
    if (ticket.error().code == ErrorCode::limit_exceeded) {
      return not_shown(ticket.error(), std::nullopt);
    }
    return tl::unexpected<Error>(ticket.error());
  }
  auto response = json_response({{"ticket", *ticket}});
  response.headers.push_back(way_back(call.rooms.reach.transport, "", std::chrono::seconds{0}));
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
  const Json left = object({{"url", text(address_length_max)}});
  const Json back = object({{"state", text(256, 1)},
                            {"code", text(address_length_max, 1)},
                            {"iss", text(2'048), Need::optional}});
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
       .success = {201, "The identity provider's page", left},
       .handle = begin},
      {.method = "POST",
       .pattern = "/v1/vouched-session",
       .id = "signInVouched",
       .subject = "session",
       .summary = "Sign in with what the identity provider sent the browser back with",
       .caller = Caller::anybody,
       .body = back,
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
      {.method = "POST",
       .pattern = "/v1/vouched-once-more/begin",
       .id = "beginVouchOnceMore",
       .subject = "session",
       .summary = "Where a browser goes to show once more who somebody is: the provider asks anew",
       .shown = Shown::password,
       .body = object({}),
       .success = {201, "The identity provider's page", left},
       .handle = begin_once_more},
      {.method = "POST",
       .pattern = "/v1/vouched-once-more",
       .id = "vouchOnceMore",
       .subject = "session",
       .summary = "What the provider sent it back with, for a ticket in the place of a password",
       .shown = Shown::password,
       .body = back,
       .success = {200, "Good for five minutes, for setting up or removing a second factor",
                   object({{"ticket", text(ticket_length_max)}})},
       .handle = finish_once_more},
  };
}

}  // namespace regmark::api
