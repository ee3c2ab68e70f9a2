// What people do about their own account. Events like signing in: it is about whoever asks, and
// nobody needs leave for that.
#pragma once

#include "desk/sign_in.h"

namespace regmark::desk {

// On record either way, with why it failed. Fails as people::People does.
Result<void> change_password(const Desk& desk, const people::Session& session,
                             std::string_view token, const OwnCredentials& credentials,
                             std::string_view chosen);

// What happened to their account since they signed in before. Not on record: each part of it is.
Result<people::AccountNews> account_news(const Desk& desk, const people::Session& session);

// Their own sessions. Looking is not on record, as it shows nothing of anybody else; each that ends
// is, on a record of its own. Fail as people::People does.
Result<std::vector<people::OpenSession>> sessions(const Desk& desk, const people::Session& session);
Result<void> end_session(const Desk& desk, const people::Session& session,
                         const base::SessionId& which);
Result<void> end_other_sessions(const Desk& desk, const people::Session& session);

}  // namespace regmark::desk
