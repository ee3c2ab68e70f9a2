// Signing in through the identity provider: recorded as events, like a sign-in with a password.
#pragma once

#include <variant>

#include "desk/desk.h"
#include "people/identity_provider.h"

namespace regmark::desk {

// The provider says who it is, and the office's own second factor is missing or was refused.
struct FactorNeeded {
  std::string why;
  std::string ticket;  // goes back with the factor
  std::optional<people::KeyChallenge> challenge;
};
using VouchedSignIn = std::variant<people::NewSession, FactorNeeded>;

// Somebody comes back from the provider. A success is on record before the token is given; a
// failure with why. Fails as people::IdentityProvider::finish, People::count_return and
// People::sign_in_vouched do, and with
//   unavailable   the log cannot be written: nobody is signed in; no provider is configured
Result<VouchedSignIn> sign_in_vouched(const Desk& desk,
                                      const people::IdentityProvider::Returned& returned,
                                      std::string_view source);

// They show their second factor: of `shown`, code, key and source count. Fails likewise.
Result<VouchedSignIn> sign_in_with_ticket(const Desk& desk, std::string_view ticket,
                                          const people::Credentials& shown);

// Where a browser goes to be vouched for. Not on record: nobody said yet who they are. Fails as
// people::IdentityProvider::begin does, and with
//   unavailable   no provider is configured
Result<people::IdentityProvider::Begun> begin_vouched_sign_in(const Desk& desk);

// The same for somebody who is signed in and shows once more who they are: the provider asks them
// anew. Fails likewise.
Result<people::IdentityProvider::Begun> begin_vouch_once_more(const Desk& desk);
// They come back from it, and get a ticket that stands in the place of a password for
// people::ticket_time (OwnCredentials). On record either way. Fails as sign_in_vouched(), and with
//   invalid_input   it says that it is somebody else; the browser had left for signing in
Result<std::string> vouch_once_more(const Desk& desk, const people::Session& session,
                                    const people::IdentityProvider::Returned& returned,
                                    std::string_view source);

}  // namespace regmark::desk
