// What is kept of each day, and the backups of it.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/tables.h"
#include "desk/back_up.h"
#include "desk/read_days.h"

namespace regmark::api {
namespace {

constexpr std::size_t days_max = 65'536;  // that a store can number
constexpr std::size_t gone_shown = 31;    // when nobody says how many
constexpr std::size_t gone_max = 10'000;
constexpr std::size_t holds_of_day_max = 100'000;
constexpr std::size_t folder_length_max = 4'096;
constexpr std::size_t failure_length_max = 8'192;

Json show(const sightings::DayInfo& day, const access::Policy& policy) {
  Json held = Json::array();
  for (const auto& one : day.held)
    held.push_back({{"hold", one.hold.text()}, {"reads", one.reads}});
  const auto& span = day.span;
  const auto until = [&](std::chrono::days kept) {
    return base::format_utc(span ? desk::kept_until(*span, policy)
                                 : desk::kept_until(day.day, kept));
  };
  return {{"day", base::format_day(day.day)},
          {"from", span ? Json(base::format_utc(span->from)) : Json()},
          {"until", span ? Json(base::format_utc(span->until)) : Json()},
          {"state", std::string(name(day.state))},
          {"kept_until", until(policy.sightings_kept())},
          {"gone_by", span ? Json(base::format_utc(desk::gone_by(*span, policy))) : Json()},
          {"pictures_state", std::string(name(day.pictures_state))},
          {"pictures_kept_until", until(policy.pictures_kept())},
          {"reads", day.reads},
          {"pictures", day.pictures},
          {"rows_bytes", day.rows_bytes},
          {"pictures_bytes", day.pictures_bytes},
          {"keys", day.keys},
          {"held", std::move(held)}};
}

Json show(const backup::State& state) {
  return {{"folder", state.folder.string()},
          {"made_at", state.made_at ? Json(base::format_utc(*state.made_at)) : Json()},
          {"generation", state.generation},
          {"at_place", std::string(name(state.at_place))},
          {"ring_is_behind", state.ring_is_behind},
          {"backup_is_behind", state.backup_is_behind},
          {"is_asked_for", state.is_asked_for},
          {"failure", state.failure}};
}

http::Response states_response(const std::vector<backup::State>& states, int status) {
  Json all = Json::array();
  for (const auto& state : states) all.push_back(show(state));
  return json_response({{"backups", std::move(all)}}, status);
}

Result<http::Response> read_days(const Call& call) {
  const auto gone = call.count_parameter("gone", gone_shown);
  return shown(desk::read_days(call.rooms.desk, call.asker(), gone), [&](const auto& done) {
    Json all = Json::array();
    for (const auto& day : done.value) all.push_back(show(day, call.rooms.desk.policy));
    return json_response({{"days", std::move(all)}});
  });
}

Result<http::Response> read_backups(const Call& call) {
  return shown(desk::read_backups(call.rooms.desk, call.asker()),
               [](const auto& done) { return states_response(done.value, /*status=*/200); });
}

Result<http::Response> back_up(const Call& call) {
  return shown(desk::back_up(call.rooms.desk, call.asker(), text_in(call.body, "folder")),
               [](const auto& done) { return states_response(done.value, /*status=*/202); });
}

Json keeping_word() {
  return one_of({"open", "sealed", "dropping", "gone"});
}

Json day_schema() {
  const auto held = object({{"hold", id_text()}, {"reads", count()}});
  return object(
      {{"day", day_text()},
       {"from",
        described(or_null(time_text()),
                  "Of a short slice, whose reads stay for minutes. null: all of the day's.")},
       {"until", described(or_null(time_text()),
                           "Likewise; those of a day that are gone are one slice here.")},
       {"state",
        described(keeping_word(),
                  "open: taking reads; sealed: its day is over; dropping: nothing of it is "
                  "served any more; gone: its key is destroyed.")},
       {"kept_until", described(time_text(), "Not before it does it go.")},
       {"gone_by", described(or_null(time_text()), "Of a short slice: by then it is gone.")},
       {"pictures_state", keeping_word()},
       {"pictures_kept_until", time_text()},
       {"reads", described(count(), "Ever stored in it.")},
       {"pictures", count()},
       {"rows_bytes", described(count(), "On disk, about.")},
       {"pictures_bytes", count()},
       {"keys", described(count(), "Files of keys that are left: none of a day that is gone.")},
       {"held", list_of(held, holds_of_day_max)}});
}

Json states_schema() {
  const auto state = object(
      {{"folder", text(folder_length_max)},
       {"made_at", or_null(time_text())},
       {"generation", count()},
       {"at_place",
        described(one_of({"nothing_yet", "both", "folder_is_away", "ring_is_away", "another_ring"}),
                  "What lies there now, held against what the office put there: both, the backup "
                  "and its ring; or one is away, or the ring is another. nothing_yet: none was "
                  "ever made.")},
       {"ring_is_behind",
        described(flag(), "Its key ring still has a key that was destroyed since.")},
       {"backup_is_behind",
        described(flag(), "It was made before something was dropped: it is made anew soon.")},
       {"is_asked_for", described(flag(), "It is being made, or waits its turn.")},
       {"failure", described(text(failure_length_max), "Of the last try; empty: none.")}});
  return object({{"backups", list_of(state, backup::places_max)}});
}

}  // namespace

Table keeping_table() {
  return {
      {.method = "GET",
       .pattern = "/v1/days",
       .id = "readDays",
       .subject = "keeping",
       .summary =
           "What is kept of each day and short slice: until when, held by whom, how much, in "
           "which state",
       .purpose = PurposeIn::headers,
       .query = {{"gone", integer(0, gone_max)}},
       .success = {200, "Newest first; of those that are gone, as many as were asked for",
                   object({{"days", list_of(day_schema(), days_max)}})},
       .handle = read_days},
      {.method = "GET",
       .pattern = "/v1/backups",
       .id = "readBackups",
       .subject = "keeping",
       .summary = "The places where backups go, and how old each backup is",
       .purpose = PurposeIn::headers,
       .success = {200, "In the order of the configuration", states_schema()},
       .handle = read_backups},
      {.method = "POST",
       .pattern = "/v1/backups",
       .id = "backUp",
       .subject = "keeping",
       .summary = "Back up now, to one of the places that the configuration names or to all",
       .purpose = PurposeIn::body,
       .body = object({{"purpose", named("Purpose"), Need::optional},
                       {"folder", text(folder_length_max, 1), Need::optional}}),
       .success = {202, "It has begun, or waits its turn", states_schema()},
       .handle = back_up},
  };
}

}  // namespace regmark::api
