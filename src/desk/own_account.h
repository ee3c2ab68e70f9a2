// What people do about their own account. Events like signing in: it is about whoever asks, and
// nobody needs leave for that.
#pragma once

#include "desk/sign_in.h"

namespace regmark::desk {

// On record either way, with why it failed. Fails as people::People does.
Result<void> change_password(const Desk& desk, const people::Session& session,
                             std::string_view token, const OwnCredentials& credentials,
                             std::string_view chosen);

}  // namespace regmark::desk
