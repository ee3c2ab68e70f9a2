#include "desk/security_keys.h"

#include "desk/record_sign_in.h"
#include "desk/show_once_more.h"

namespace regmark::desk {

Result<people::KeyRequest> begin_security_key(const Desk& desk, const people::Session& session,
                                              const OwnCredentials& credentials) {
  auto begun = show_once_more(desk, session, credentials, [&](const people::Credentials& shown) {
    return desk.people.begin_security_key(shown);
  });
  REGMARK_TRY(record_at_the_door(desk, "begin_security_key", session, failure_of(begun)));
  return begun;
}

Result<people::AddedKey> add_security_key(const Desk& desk, const people::Session& session,
                                          std::string_view token,
                                          const people::NewKeyAnswer& answer) {
  auto added = desk.people.add_security_key(token, answer);
  REGMARK_TRY(record_at_the_door(desk, "add_security_key", session, failure_of(added),
                                 added ? added->id.text() : std::string()));
  return added;
}

Result<void> remove_security_key(const Desk& desk, const people::Session& session,
                                 const OwnCredentials& credentials,
                                 const people::SecurityKeyId& key) {
  auto removed = show_once_more(desk, session, credentials, [&](const people::Credentials& shown) {
    return desk.people.remove_security_key(shown, key);
  });
  REGMARK_TRY(
      record_at_the_door(desk, "remove_security_key", session, failure_of(removed), key.text()));
  return removed;
}

Result<std::optional<people::KeyChallenge>> challenge(const Desk& desk,
                                                      const people::Session& session) {
  REGMARK_ASSIGN(const auto name, sign_in_name_of(desk, session));
  return desk.people.challenge(name);
}

}  // namespace regmark::desk
