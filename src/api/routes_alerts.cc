// Live alerts, and what people do about them.
#include <utility>

#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/stream_screen.h"
#include "api/internal/tables.h"
#include "desk/act_on_alert.h"
#include "desk/assign_alert.h"
#include "desk/confirm_alert.h"
#include "desk/read_alerts.h"
#include "desk/record_outcome.h"
#include "desk/reject_alert.h"

namespace regmark::api {
namespace {

constexpr std::size_t note_length_max = 1'000;
constexpr std::size_t alerts_count = 100;  // when nobody says how many

http::Response one(const desk::Done<alerts::Alert>& done) {
  return json_response(show(done.value));
}

Result<http::Response> read_alerts(const Call& call) {
  return shown(
      desk::read_alerts(call.rooms.desk, call.asker(), call.count_parameter("count", alerts_count)),
      [](const auto& done) {
        return json_response({{"alerts", show_all(done.value)}});
      });
}

Result<http::Response> read_alert(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AlertId>(call, "id"));
  return shown(desk::read_alert(call.rooms.desk, call.asker(), id), [](const auto& done) {
    Json story = show(done.value.alert);
    story["history"] = show_all(done.value.history);
    return json_response(story);
  });
}

Result<http::Response> confirm(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AlertId>(call, "id"));
  std::optional<plate::ReadId> seen;
  if (call.body.contains("read")) {
    REGMARK_ASSIGN(seen, id_in<plate::ReadId>(call.body, "read"));
  }
  return shown(
      desk::confirm_alert(call.rooms.desk, call.asker(), id, text_in(call.body, "note"), seen),
      one);
}

Result<http::Response> reject(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AlertId>(call, "id"));
  return shown(desk::reject_alert(call.rooms.desk, call.asker(), id, text_in(call.body, "note")),
               one);
}

Result<http::Response> assign(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AlertId>(call, "id"));
  REGMARK_ASSIGN(const auto to, id_in<base::PersonId>(call.body, "to"));
  return shown(desk::assign_alert(call.rooms.desk, call.asker(), id, to), one);
}

Result<http::Response> act(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AlertId>(call, "id"));
  return shown(desk::act_on_alert(call.rooms.desk, call.asker(), id), [&](const auto& done) {
    Json acted = show(done.value.alert);
    acted["stand"] = show(done.value.stand, call.rooms.desk.clock.now());
    return json_response(acted);
  });
}

Result<http::Response> record_outcome(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::AlertId>(call, "id"));
  return shown(desk::record_outcome(call.rooms.desk, call.asker(), id, text_in(call.body, "code"),
                                    text_in(call.body, "note")),
               one);
}

Result<http::Response> stream(const Call& call) {
  auto& watch = call.rooms.watch;
  return shown(watch.ask_leave(call.asker()), [&](const auto& done) {
    return stream_response(
        {{"receipt", done.receipt}, {"until", base::format_utc(call.session->until)}},
        [&watch, receipt = done.value, token = call.token](
            const std::shared_ptr<desk::Screen>& screen) { watch.attach(receipt, token, screen); });
  });
}

Json outcome_codes() {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const auto code : alerts::outcomes) schema["enum"].push_back(std::string(code));
  return schema;
}

// One step in the life of an alert.
Endpoint step(const std::string& verb, std::string id, std::string summary,
              std::vector<Member> members, std::string_view answer, Handle handle) {
  return changing("alerts", "/v1/alerts/{id}/" + verb, std::move(id), std::move(summary),
                  std::move(members), {200, "The alert as it stands now", named(answer)}, handle);
}

}  // namespace

std::string alert_text(const alerts::Alert& alert) {
  return to_text(show(alert));
}

Table alerts_table() {
  const Member seen{"read",
                    described(id_text(),
                              "The read whose picture was looked at: refused (409) where "
                              "a later one has taken its place."),
                    Need::optional};
  const Member note{"note", text(note_length_max), Need::optional};
  return {
      {.method = "GET",
       .pattern = "/v1/alerts",
       .id = "readAlerts",
       .subject = "alerts",
       .summary = "The latest alerts, newest first",
       .purpose = PurposeIn::headers,
       .query = {{"count", integer(1, static_cast<std::int64_t>(alerts::alerts_page_max))}},
       .success = {200, "Alerts",
                   object({{"alerts", list_of(named("Alert"), alerts::alerts_page_max)}})},
       .handle = read_alerts},
      {.method = "GET",
       .pattern = "/v1/alerts/stream",
       .id = "watchAlerts",
       .subject = "alerts",
       .summary = "Alerts as they happen, until the session ends. Events: hello, then alert; its "
                  "data is an Alert, its id the alert's id and version",
       .purpose = PurposeIn::headers,
       .success = {200, "Server-sent events", std::nullopt, "text/event-stream"},
       .handle = stream},
      {.method = "GET",
       .pattern = "/v1/alerts/{id}",
       .id = "readAlert",
       .subject = "alerts",
       .summary = "One alert, and all that was done about it",
       .purpose = PurposeIn::headers,
       .success = {200, "The alert", named("AlertStory")},
       .handle = read_alert},
      step("confirm", "confirmAlert", "Say that the picture shows what the alert says",
           {seen, note}, "Alert", confirm),
      step("reject", "rejectAlert", "Say that the picture does not show it", {note}, "Alert",
           reject),
      step("assign", "assignAlert", "Give the alert to the person who is to act",
           {{"to", id_text()}}, "Alert", assign),
      step("act", "actOnAlert", "Act: the entry is read again, and must still stand", {},
           "AlertActedOn", act),
      step("outcome", "recordOutcome", "Say what came of it", {{"code", outcome_codes()}, note},
           "Alert", record_outcome),
  };
}

}  // namespace regmark::api
