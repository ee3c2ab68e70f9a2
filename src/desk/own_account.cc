#include "desk/own_account.h"

#include "desk/record_sign_in.h"
#include "desk/show_once_more.h"

namespace regmark::desk {
namespace {

Result<void> record_end(const Desk& desk, const people::Session& session,
                        const base::SessionId& which, const std::optional<Error>& failure) {
  return record_at_the_door(desk, "end_session", role_of(session.person),
                            failure ? "failed" : "done",
                            {.person = session.person.id.text(),
                             .session = session.id.text(),
                             .ended = which.text(),
                             .why = failure ? failure->message : std::string()});
}

}  // namespace

Result<void> change_password(const Desk& desk, const people::Session& session,
                             std::string_view token, const OwnCredentials& credentials,
                             std::string_view chosen) {
  auto changed = show_once_more(desk, session, credentials, [&](const people::Credentials& shown) {
    return desk.people.change_password(token, shown, chosen);
  });
  REGMARK_TRY(record_at_the_door(desk, "change_password", session, failure_of(changed)));
  return changed;
}

Result<people::AccountNews> account_news(const Desk& desk, const people::Session& session) {
  return desk.people.news(session.id);
}

Result<std::vector<people::OpenSession>> sessions(const Desk& desk,
                                                  const people::Session& session) {
  return desk.people.sessions(session.person.id);
}

Result<void> end_session(const Desk& desk, const people::Session& session,
                         const base::SessionId& which) {
  auto ended = desk.people.end_session(session.person.id, which);
  REGMARK_TRY(record_end(desk, session, which, failure_of(ended)));
  return ended;
}

Result<void> end_other_sessions(const Desk& desk, const people::Session& session) {
  REGMARK_ASSIGN(const auto ended, desk.people.end_sessions_but(session.person.id, session.id));
  for (const auto& which : ended) REGMARK_TRY(record_end(desk, session, which, std::nullopt));
  return {};
}

}  // namespace regmark::desk
