// What people do about their own account.
#include "api/internal/bind.h"
#include "api/internal/door.h"
#include "api/internal/tables.h"
#include "desk/own_account.h"

namespace regmark::api {
namespace {

Result<http::Response> change_password(const Call& call) {
  const Turnstile::Pass pass(door(), call.request.source);
  if (!pass) return no_room();
  REGMARK_ASSIGN(const auto shown, shown_in(call.body));
  const auto changed = desk::change_password(call.rooms.desk, *call.session, call.token,
                                             own(call, shown), text_in(call.body, "new_password"));
  if (!changed) return not_shown_again(call, changed.error());
  call.rooms.screens.recheck();
  return no_content();
}

std::vector<Member> with_new_password(std::vector<Member> members) {
  members.push_back({"new_password", text(secret_length_max)});
  return members;
}

}  // namespace

Table own_account_table() {
  return {
      {.method = "POST",
       .pattern = "/v1/password/change",
       .id = "changePassword",
       .subject = "session",
       .summary = "Change one's own password, showing the one that one has; other sessions end",
       .shown = Shown::password,
       .body = object(with_new_password(shown_members())),
       .success = {204, "Changed", std::nullopt},
       .handle = change_password},
  };
}

}  // namespace regmark::api
