// Signing in and out.
#include "api/http/problem.h"
#include "api/internal/bind.h"
#include "api/internal/door.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"

namespace regmark::api {
namespace {

Result<http::Response> sign_in(const Call& call) {
  const Turnstile::Pass pass(door(), call.request.source);
  if (!pass) return no_room();
  const auto name = text_in(call.body, "sign_in_name");
  REGMARK_ASSIGN(const auto shown, shown_in(call.body));
  const auto signed_in = desk::sign_in(call.rooms.desk, {name, shown.password, shown.code,
                                                         call.request.source, shown.key_or_none()});
  if (signed_in) return welcome(call, *signed_in);
  std::optional<people::KeyChallenge> challenge;
  if (signed_in.error().code == ErrorCode::conflict) {
    REGMARK_ASSIGN(challenge, call.rooms.desk.people.challenge(name));
  }
  return not_shown(signed_in.error(), challenge);
}

Result<http::Response> sign_out(const Call& call) {
  REGMARK_TRY(desk::sign_out(call.rooms.desk, *call.session, call.token));
  call.rooms.screens.recheck();
  auto response = no_content();
  const auto transport = call.rooms.reach.transport;
  response.headers.emplace_back(
      "Set-Cookie", cookie(session_cookie(transport), transport, "", std::chrono::seconds{0}));
  return response;
}

Result<http::Response> choose_password(const Call& call) {
  const Turnstile::Pass pass(door(), call.request.source);
  if (!pass) return no_room();
  const auto chosen = desk::choose_password(call.rooms.desk, text_in(call.body, "sign_in_name"),
                                            text_in(call.body, "code"),
                                            text_in(call.body, "password"), call.request.source);
  if (!chosen) {
    if (chosen.error().code == ErrorCode::limit_exceeded) {
      return not_shown(chosen.error(), std::nullopt);
    }
    return tl::unexpected<Error>(chosen.error());
  }
  return no_content();
}

Result<http::Response> begin_second_factor(const Call& call) {
  const Turnstile::Pass pass(door(), call.request.source);
  if (!pass) return no_room();
  REGMARK_ASSIGN(const auto shown, shown_in(call.body));
  const auto begun = desk::begin_second_factor(call.rooms.desk, *call.session, own(call, shown));
  if (!begun) return not_shown_again(call, begun.error());
  return json_response({{"secret", begun->secret}, {"uri", begun->uri}}, /*status=*/201);
}

Result<http::Response> confirm_second_factor(const Call& call) {
  REGMARK_ASSIGN(const auto codes,
                 desk::confirm_second_factor(call.rooms.desk, *call.session, call.token,
                                             text_in(call.body, "code")));
  call.rooms.screens.recheck();
  return json_response({{"recovery_codes", codes}});
}

std::vector<Member> with_name(std::vector<Member> members) {
  members.insert(members.begin(), {"sign_in_name", text(64)});
  return members;
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
       .body = object(with_name(shown_members())),
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
       .body = object(shown_once_more_members()),
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
