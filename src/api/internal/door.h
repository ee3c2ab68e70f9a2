// What the routes at the door share: who shows who they are, with what, and what they are told.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/internal/endpoint.h"
#include "api/internal/turnstile.h"
#include "desk/sign_in.h"

namespace regmark::api {

inline constexpr std::size_t secret_length_max = 1'000;
inline constexpr std::size_t code_length_max = 64;
inline constexpr std::size_t ticket_length_max = 4'096;
inline constexpr std::size_t recovery_codes_max = 100;

// Half of the server's workers, and of one source a quarter: passwords are slow on purpose.
Turnstile& door();
// One of its own where the identity provider is asked: one that hangs must not stand in the way of
// passwords. Of one source half: nobody holds it alone.
Turnstile& vouched_door();
http::Response no_room();

// What somebody shows in a body that has these members; it owns what the credentials point to.
struct Credentials {
  std::string password, code, ticket;
  std::optional<people::KeyAnswer> key;
  const people::KeyAnswer* key_or_none() const { return key ? &*key : nullptr; }
};
// Fails with
//   invalid_input   a part of the key's answer is no base64url; both a password and a ticket
Result<Credentials> shown_in(const Json& body);
// `password` is needed; a code or a key's answer may be there.
std::vector<Member> shown_members();
// Of somebody who is signed in: a ticket of the identity provider's may stand for the password.
std::vector<Member> shown_once_more_members();
// What they show; it points into `shown`.
desk::OwnCredentials own(const Call& call, const Credentials& shown);

// Bytes in base64url. Fails with
//   invalid_input   they are none
Result<base::Bytes> bytes_in(const Json& body, const char* name);

// The answer to somebody who did not show who they are. Who is missing no more than the second
// factor is told what their keys may sign: they have shown the rest.
Result<http::Response> not_shown(const Error& error,
                                 const std::optional<people::KeyChallenge>& challenge,
                                 std::string_view ticket = {});
// The same, of somebody who is signed in and shows it once more.
Result<http::Response> not_shown_again(const Call& call, const Error& error);

// Signed in: the session, its token, and the cookie for pages.
http::Response welcome(const Call& call, const people::NewSession& signed_in);
// The schema of that.
Json new_session();
// Secure under TLS alone: browsers take such a cookie from nowhere else.
std::string cookie(std::string_view name, Transport transport, std::string_view value,
                   std::chrono::seconds age);

}  // namespace regmark::api
