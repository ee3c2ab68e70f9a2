// Security keys that people have themselves: making one known, and removing it. Events like signing
// in: it is about whoever asks, and nobody needs leave for that. An administrator's part is in
// desk/change_people.h.
#pragma once

#include "desk/sign_in.h"

namespace regmark::desk {

// All are on record, with the key's id where there is one and with why it failed; and fail as
// people::People does.
Result<people::KeyRequest> begin_security_key(const Desk& desk, const people::Session& session,
                                              const OwnCredentials& credentials);
Result<people::AddedKey> add_security_key(const Desk& desk, const people::Session& session,
                                          std::string_view token,
                                          const people::NewKeyAnswer& answer);
Result<void> remove_security_key(const Desk& desk, const people::Session& session,
                                 const OwnCredentials& credentials,
                                 const people::SecurityKeyId& key);

// What their keys are to sign, for whoever has just shown their password: not on record, as it
// shows nothing that they do not have in their hands.
Result<std::optional<people::KeyChallenge>> challenge(const Desk& desk,
                                                      const people::Session& session);

}  // namespace regmark::desk
