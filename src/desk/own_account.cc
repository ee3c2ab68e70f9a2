#include "desk/own_account.h"

#include "desk/record_sign_in.h"
#include "desk/show_once_more.h"

namespace regmark::desk {

Result<void> change_password(const Desk& desk, const people::Session& session,
                             std::string_view token, const OwnCredentials& credentials,
                             std::string_view chosen) {
  auto changed = show_once_more(desk, session, credentials, [&](const people::Credentials& shown) {
    return desk.people.change_password(token, shown, chosen);
  });
  REGMARK_TRY(record_at_the_door(desk, "change_password", session, failure_of(changed)));
  return changed;
}

}  // namespace regmark::desk
