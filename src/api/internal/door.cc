#include "api/internal/door.h"

#include "api/http/problem.h"
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "base/encoding.h"
#include "desk/security_keys.h"

namespace regmark::api {

Turnstile& door() {
  static Turnstile all(8, 4);
  return all;
}

Turnstile& vouched_door() {
  static Turnstile all(4, 2);
  return all;
}

http::Response no_room() {
  auto response = http::problem(503, "unavailable", "too many sign in at once: try again");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

Result<base::Bytes> bytes_in(const Json& body, const char* name) {
  auto bytes = base::from_base64_url(text_in(body, name));
  if (!bytes) return fail(ErrorCode::invalid_input, std::string(name) + ": must be base64url");
  return bytes;
}

Result<Credentials> shown_in(const Json& body) {
  Credentials shown{text_in(body, "password"), text_in(body, "code"), text_in(body, "ticket"),
                    std::nullopt};
  if (!shown.password.empty() && !shown.ticket.empty()) {
    return fail(ErrorCode::invalid_input, "a password or a ticket, and not both");
  }
  if (!body.contains("security_key")) return shown;
  const auto& key = body.at("security_key");
  people::KeyAnswer answer;
  REGMARK_ASSIGN(answer.credential, bytes_in(key, "credential"));
  REGMARK_ASSIGN(answer.client_data, bytes_in(key, "client_data"));
  REGMARK_ASSIGN(answer.authenticator_data, bytes_in(key, "authenticator_data"));
  REGMARK_ASSIGN(answer.signature, bytes_in(key, "signature"));
  shown.key = std::move(answer);
  return shown;
}

std::vector<Member> shown_members() {
  return {{"password", text(secret_length_max)},
          {"code", described(text(code_length_max), "Of an app or from paper."), Need::optional},
          {"security_key", named("KeyAnswer"), Need::optional}};
}

std::vector<Member> shown_once_more_members() {
  auto members = shown_members();
  members.front() = {"password", text(secret_length_max), Need::optional};
  members.push_back({"ticket",
                     described(text(ticket_length_max),
                               "In the place of a password: what the "
                               "identity provider says once more."),
                     Need::optional});
  return members;
}

desk::OwnCredentials own(const Call& call, const Credentials& shown) {
  return {shown.password, shown.code, call.request.source, shown.key_or_none(), shown.ticket};
}

Result<http::Response> not_shown(const Error& error,
                                 const std::optional<people::KeyChallenge>& challenge,
                                 std::string_view ticket) {
  switch (error.code) {
    case ErrorCode::limit_exceeded:
      // Told apart from a body that is too large.
      return http::problem(429, name(error.code), error.message);
    case ErrorCode::not_found:
      return http::problem(401, "signed_out", "the name or the password is wrong");
    case ErrorCode::conflict:
      break;
    default:
      return tl::unexpected<Error>(error);
  }
  auto response = http::problem(401, "second_factor", error.message);
  auto body = Json::parse(response.body);
  if (challenge) body["security_key"] = show(*challenge);
  if (!ticket.empty()) body["ticket"] = ticket;
  response.body = to_text(body);
  return response;
}

Result<http::Response> not_shown_again(const Call& call, const Error& error) {
  // Their session has their name.
  if (error.code == ErrorCode::not_found) {
    return http::problem(401, "signed_out", "the password is wrong");
  }
  std::optional<people::KeyChallenge> challenge;
  if (error.code == ErrorCode::conflict) {
    REGMARK_ASSIGN(challenge, desk::challenge(call.rooms.desk, *call.session));
  }
  return not_shown(error, challenge);
}

std::string cookie(std::string_view name, Transport transport, std::string_view value,
                   std::chrono::seconds age) {
  return std::string(name) + "=" + std::string(value) +
         (transport == Transport::tls ? "; Secure" : "") +
         "; HttpOnly; SameSite=Strict; Path=/; Max-Age=" + std::to_string(age.count());
}

http::Response welcome(const Call& call, const people::NewSession& signed_in) {
  Json shown = show(signed_in.session);
  shown["token"] = signed_in.token;
  auto response = json_response(shown);
  const auto transport = call.rooms.reach.transport;
  response.headers.emplace_back("Set-Cookie", cookie(session_cookie(transport), transport,
                                                     signed_in.token, people::session_time));
  return response;
}

Json new_session() {
  auto schema = named_schemas().at("Session");
  schema["properties"]["token"] = text(200);
  schema["required"].push_back("token");
  return schema;
}

}  // namespace regmark::api
