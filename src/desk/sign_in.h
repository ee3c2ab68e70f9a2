// Signing in and out, and choosing a password: recorded as events, for nobody needs leave to try.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// A success is on record before the token is given; a failure with why. Fails as
// people::People::sign_in does, and with
//   unavailable   the log cannot be written: nobody is signed in
Result<people::NewSession> sign_in(const Desk& desk, const people::Credentials& credentials);

Result<void> sign_out(const Desk& desk, const people::Session& session, std::string_view token);

// Fails as people::People::choose_password does.
Result<void> choose_password(const Desk& desk, std::string_view sign_in_name, std::string_view code,
                             std::string_view password, std::string_view source = {});

// What somebody who is signed in shows once more; whose it is, the session says.
struct OwnCredentials {
  std::string_view password, code, source;
  const people::KeyAnswer* key = nullptr;
  std::string_view ticket{};  // of vouch_once_more(), in the place of the password; or empty
};
// Fail as people::People and show_once_more() do.
Result<people::NewSecondFactor> begin_second_factor(const Desk& desk,
                                                    const people::Session& session,
                                                    const OwnCredentials& credentials);
Result<std::vector<std::string>> confirm_second_factor(const Desk& desk,
                                                       const people::Session& session,
                                                       std::string_view token,
                                                       std::string_view code);

}  // namespace regmark::desk
