// What people do about their own account.
#include "api/internal/bind.h"
#include "api/internal/door.h"
#include "api/internal/show_or_null.h"
#include "api/internal/tables.h"
#include "api/internal/words.h"
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

Result<http::Response> read_news(const Call& call) {
  REGMARK_ASSIGN(const auto news, desk::account_news(call.rooms.desk, *call.session));
  Json changes = Json::array();
  for (const auto& each : news.changes) {
    changes.push_back({{"change", base::word(people::account_change_words, each.change)},
                       {"at", base::format_utc(each.at)},
                       {"is_new", each.is_new}});
  }
  return json_response({{"signed_in_before", time_or_null(news.signed_in_before)},
                        {"refused", news.refused},
                        {"changes", std::move(changes)}});
}

Json news_shape() {
  return object(
      {{"signed_in_before", or_null(time_text())},
       {"refused", described(count(),
                             "Tries since then with a wrong password, code or key; not those that "
                             "were made to wait.")},
       {"changes",
        list_of(object({{"change", one_of(people::account_change_words)},
                        {"at", time_text()},
                        {"is_new",
                         described(flag(), "Since one signed in before, or in the last week.")}}),
                people::changes_told_max)}});
}

Result<http::Response> read_sessions(const Call& call) {
  REGMARK_ASSIGN(const auto open, desk::sessions(call.rooms.desk, *call.session));
  Json sessions = Json::array();
  for (const auto& one : open) {
    sessions.push_back({{"id", one.id.text()},
                        {"since", base::format_utc(one.since)},
                        {"seen_at", base::format_utc(one.seen_at)},
                        {"until", base::format_utc(one.until)},
                        {"is_this", one.id == call.session->id}});
  }
  return json_response({{"sessions", std::move(sessions)}});
}

Result<http::Response> end_session(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SessionId>(call, "id"));
  REGMARK_TRY(desk::end_session(call.rooms.desk, *call.session, id));
  call.rooms.screens.recheck();
  return no_content();
}

Result<http::Response> end_other_sessions(const Call& call) {
  REGMARK_TRY(desk::end_other_sessions(call.rooms.desk, *call.session));
  call.rooms.screens.recheck();
  return no_content();
}

Json open_session() {
  return object({{"id", id_text()},
                 {"since", time_text()},
                 {"seen_at", described(time_text(), "Used last; to a minute.")},
                 {"until", time_text()},
                 {"is_this", flag()}});
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
      {.method = "GET",
       .pattern = "/v1/account/news",
       .id = "readAccountNews",
       .subject = "session",
       .summary = "What happened to one's own account since one signed in before, and in the last "
                  "year",
       .shown = Shown::password,
       .success = {200, "What happened", news_shape()},
       .handle = read_news},
      {.method = "GET",
       .pattern = "/v1/sessions",
       .id = "readSessions",
       .subject = "session",
       .summary = "One's own sessions that are open, the newest first",
       .shown = Shown::password,
       .success = {200, "Sessions",
                   object({{"sessions", list_of(open_session(), people::sessions_max)}})},
       .handle = read_sessions},
      {.method = "POST",
       .pattern = "/v1/sessions/{id}/end",
       .id = "endSession",
       .subject = "session",
       .summary = "End one of one's own, and every stream of it",
       .shown = Shown::password,
       .success = {204, "Ended", std::nullopt},
       .handle = end_session},
      {.method = "POST",
       .pattern = "/v1/sessions/end-others",
       .id = "endOtherSessions",
       .subject = "session",
       .summary = "End all of one's own but this one",
       .shown = Shown::password,
       .success = {204, "Ended", std::nullopt},
       .handle = end_other_sessions},
  };
}

}  // namespace regmark::api
