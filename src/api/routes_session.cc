// Signing in and out.
#include "api/http/problem.h"
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/sign_in.h"

namespace regmark::api {
namespace {

constexpr std::size_t secret_length_max = 1'000;

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

Result<http::Response> sign_in(const Call& call) {
  auto signed_in = desk::sign_in(call.rooms.desk, text_in(call.body, "sign_in_name"),
                                 text_in(call.body, "password"));
  if (!signed_in) {
    if (signed_in.error().code == ErrorCode::limit_exceeded) return too_many(signed_in.error());
    if (signed_in.error().code != ErrorCode::not_found) {
      return tl::unexpected<Error>(signed_in.error());
    }
    return http::problem(401, "signed_out", "the name or the password is wrong");
  }
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
  const auto chosen =
      desk::choose_password(call.rooms.desk, text_in(call.body, "sign_in_name"),
                            text_in(call.body, "code"), text_in(call.body, "password"));
  if (!chosen) {
    if (chosen.error().code == ErrorCode::limit_exceeded) return too_many(chosen.error());
    return tl::unexpected<Error>(chosen.error());
  }
  return no_content();
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
       .body = object({{"sign_in_name", text(64)}, {"password", text(secret_length_max)}}),
       .success = {200, "Signed in", new_session()},
       .handle = sign_in},
      {.method = "GET",
       .pattern = "/v1/session",
       .id = "readSession",
       .subject = "session",
       .summary = "Who is signed in",
       .success = {200, "The session", named("Session")},
       .handle = [](const Call& call) -> Result<http::Response> {
         return json_response(show(*call.session));
       }},
      {.method = "DELETE",
       .pattern = "/v1/session",
       .id = "signOut",
       .subject = "session",
       .summary = "Sign out, and end every stream of this session",
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
  };
}

}  // namespace regmark::api
