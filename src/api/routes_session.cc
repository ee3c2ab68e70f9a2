// Signing in and out.
#include "api/http/problem.h"
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "api/internal/turnstile.h"
#include "desk/sign_in.h"

namespace regmark::api {
namespace {

constexpr std::size_t secret_length_max = 1'000;
constexpr std::size_t code_length_max = 64;
constexpr std::size_t recovery_codes_max = 100;

// Secure under TLS alone: browsers take such a cookie from nowhere else.
std::string cookie(Transport transport, std::string_view token, std::chrono::seconds age) {
  return std::string(session_cookie(transport)) + "=" + std::string(token) +
         (transport == Transport::tls ? "; Secure" : "") +
         "; HttpOnly; SameSite=Strict; Path=/; Max-Age=" + std::to_string(age.count());
}

// A locked account is told apart from a body that is too large.
http::Response too_many(const Error& error) {
  return http::problem(429, name(error.code), error.message);
}

// Somebody who did not show who they are.
Result<http::Response> not_shown(const Error& error) {
  switch (error.code) {
    case ErrorCode::limit_exceeded:
      return too_many(error);
    case ErrorCode::conflict:
      return http::problem(401, "second_factor", error.message);
    case ErrorCode::not_found:
      return http::problem(401, "signed_out", "the name or the password is wrong");
    default:
      return tl::unexpected<Error>(error);
  }
}

// Half of the server's workers, and of one source a quarter.
Turnstile& turnstile() {
  static Turnstile all(8, 4);
  return all;
}

http::Response no_room() {
  auto response = http::problem(503, "unavailable", "too many sign in at once: try again");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

Result<http::Response> sign_in(const Call& call) {
  const Turnstile::Pass pass(turnstile(), call.request.source);
  if (!pass) return no_room();
  const auto name = text_in(call.body, "sign_in_name");
  const auto password = text_in(call.body, "password");
  const auto code = text_in(call.body, "code");
  auto signed_in = desk::sign_in(call.rooms.desk, {name, password, code, call.request.source});
  if (!signed_in) return not_shown(signed_in.error());
  Json shown = show(signed_in->session);
  shown["token"] = signed_in->token;
  auto response = json_response(shown);
  response.headers.emplace_back(
      "Set-Cookie", cookie(call.rooms.reach.transport, signed_in->token, people::session_time));
  return response;
}

Result<http::Response> sign_out(const Call& call) {
  REGMARK_TRY(desk::sign_out(call.rooms.desk, *call.session, call.token));
  call.rooms.watch.recheck();
  auto response = no_content();
  response.headers.emplace_back("Set-Cookie",
                                cookie(call.rooms.reach.transport, "", std::chrono::seconds{0}));
  return response;
}

Result<http::Response> choose_password(const Call& call) {
  const Turnstile::Pass pass(turnstile(), call.request.source);
  if (!pass) return no_room();
  const auto chosen = desk::choose_password(call.rooms.desk, text_in(call.body, "sign_in_name"),
                                            text_in(call.body, "code"),
                                            text_in(call.body, "password"), call.request.source);
  if (!chosen) {
    if (chosen.error().code == ErrorCode::limit_exceeded) return too_many(chosen.error());
    return tl::unexpected<Error>(chosen.error());
  }
  return no_content();
}

Result<http::Response> begin_second_factor(const Call& call) {
  const Turnstile::Pass pass(turnstile(), call.request.source);
  if (!pass) return no_room();
  const auto password = text_in(call.body, "password");
  const auto code = text_in(call.body, "code");
  const auto begun = desk::begin_second_factor(call.rooms.desk, *call.session,
                                               {password, code, call.request.source});
  if (!begun) return not_shown(begun.error());
  return json_response({{"secret", begun->secret}, {"uri", begun->uri}}, /*status=*/201);
}

Result<http::Response> confirm_second_factor(const Call& call) {
  REGMARK_ASSIGN(const auto codes,
                 desk::confirm_second_factor(call.rooms.desk, *call.session, call.token,
                                             text_in(call.body, "code")));
  call.rooms.watch.recheck();
  return json_response({{"recovery_codes", codes}});
}

Json new_session() {
  auto schema = named_schemas().at("Session");
  schema["properties"]["token"] = text(200);
  schema["required"].push_back("token");
  return schema;
}

}  // namespace

Table session_table() {
  return {
      {.method = "POST",
       .pattern = "/v1/session",
       .id = "signIn",
       .subject = "session",
       .summary = "Sign in: a token for programs, and a cookie for pages",
       .caller = Caller::anybody,
       .body = object(
           {{"sign_in_name", text(64)},
            {"password", text(secret_length_max)},
            {"code", described(text(code_length_max), "Of the second factor."), Need::optional}}),
       .success = {200, "Signed in", new_session()},
       .handle = sign_in},
      {.method = "GET",
       .pattern = "/v1/session",
       .id = "readSession",
       .subject = "session",
       .summary = "Who is signed in",
       .shown = Shown::password,
       .success = {200, "The session", named("Session")},
       .handle = [](const Call& call) -> Result<http::Response> {
         return json_response(show(*call.session));
       }},
      {.method = "DELETE",
       .pattern = "/v1/session",
       .id = "signOut",
       .subject = "session",
       .summary = "Sign out, and end every stream of this session",
       .shown = Shown::password,
       .success = {204, "Signed out", std::nullopt},
       .handle = sign_out},
      {.method = "POST",
       .pattern = "/v1/password",
       .id = "choosePassword",
       .subject = "session",
       .summary = "Choose a password with a one-time code",
       .caller = Caller::anybody,
       .body = object({{"sign_in_name", text(64)},
                       {"code", text(200)},
                       {"password", text(secret_length_max)}}),
       .success = {204, "Chosen", std::nullopt},
       .handle = choose_password},
      {.method = "POST",
       .pattern = "/v1/second-factor",
       .id = "beginSecondFactor",
       .subject = "session",
       .summary = "Begin to use an authenticator app (RFC 6238); asks once more who it is",
       .shown = Shown::password,
       .body = object({{"password", text(secret_length_max)},
                       {"code", described(text(code_length_max), "Of the one in force, if any."),
                        Need::optional}}),
       .success = {201, "What the app takes; it waits for its first code",
                   object({{"secret", described(text(64), "Shown this once, in Base32.")},
                           {"uri", text(500)}})},
       .handle = begin_second_factor},
      {.method = "POST",
       .pattern = "/v1/second-factor/confirm",
       .id = "confirmSecondFactor",
       .subject = "session",
       .summary = "Put it in force with a code that the app shows; other sessions end",
       .shown = Shown::password,
       .body = object({{"code", text(code_length_max, 1)}}),
       .success = {200, "Codes for paper, each good for one sign-in",
                   object({{"recovery_codes", list_of(text(64), recovery_codes_max)}})},
       .handle = confirm_second_factor},
  };
}

}  // namespace regmark::api
