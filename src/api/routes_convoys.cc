// Vehicles that were seen with a given one.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/queries.h"
#include "api/internal/tables.h"
#include "desk/find_convoys.h"

namespace regmark::api {
namespace {

// Ample for a person to read; the policy says how many may be had.
constexpr std::size_t meetings_max = 1'000;
constexpr std::size_t rows_count = 200;  // when nobody says how many

Json show(const sightings::Meeting& meeting) {
  return {{"camera", meeting.camera.text()},
          {"given", base::format_utc(meeting.given)},
          {"observed", base::format_utc(meeting.observed)},
          {"id", meeting.read.text()}};
}

Json show(const sightings::Companion& companion) {
  Json meetings = Json::array();
  for (const auto& meeting : companion.meetings) meetings.push_back(show(meeting));
  return {{"plate", companion.plate},
          {"cameras", companion.cameras},
          {"count", companion.meetings.size()},
          {"meetings", std::move(meetings)}};
}

Result<http::Response> find_convoys(const Call& call) {
  REGMARK_ASSIGN(auto asked, query_in(call.body));
  const sightings::ConvoyQuery query{
      .plate = std::move(asked.plate),
      .cameras = std::move(asked.cameras),
      .area = asked.area,
      .window = asked.window,
      .cameras_least = call.body.value("cameras_least", sightings::convoy_cameras_min),
      .apart = std::chrono::seconds(call.body.value("apart_seconds", 60))};
  REGMARK_ASSIGN(const auto asker, asker_with_authority(call));
  const auto rows = call.body.value("rows", rows_count);
  return shown(desk::find_convoys(call.rooms.desk, asker, query, rows), [](const auto& done) {
    Json companions = Json::array();
    for (const auto& companion : done.value.companions) companions.push_back(show(companion));
    return json_response({{"receipt", done.receipt},
                          {"passings", done.value.passings},
                          {"companions", std::move(companions)},
                          {"left_out", done.value.left_out},
                          {"valid_until", base::format_utc(done.valid_until)}});
  });
}

Json convoy_body() {
  auto members = query_members();
  members.push_back(
      {"cameras_least",
       described(integer(sightings::convoy_cameras_min, sightings::convoy_cameras_max),
                 "At so many different cameras, at least."),
       Need::optional});
  members.push_back({"apart_seconds",
                     described(integer(1, sightings::convoy_apart_max.count()),
                               "So long before or after the given vehicle, at most."),
                     Need::optional});
  members.push_back({"rows", described(integer(1, meetings_max), "Meetings to be given, at most."),
                     Need::optional});
  return object(std::move(members));
}

Json convoy_schema() {
  const Json meeting = object({{"camera", id_text()},
                               {"given", described(time_text(), "When the given vehicle passed.")},
                               {"observed", described(time_text(), "When this one did.")},
                               {"id", described(text(32, 32), "Of the read of this one.")}});
  const Json companion =
      object({{"plate", text(plate::length_max, 1)},
              {"cameras", described(count(), "Different ones.")},
              {"count", described(count(), "Passings of the given vehicle that it was beside.")},
              {"meetings", list_of(meeting, meetings_max)}});
  return object({{"receipt", described(count(), "Its record in the audit log.")},
                 {"passings", described(count(), "Of the given vehicle, that were looked around.")},
                 {"companions", list_of(companion, meetings_max)},
                 {"left_out", described(count(), "Weaker ones, past the rows of the permit.")},
                 {"valid_until", time_text()}});
}

}  // namespace

Table convoys_table() {
  return {
      {.method = "POST",
       .pattern = "/v1/convoys",
       .id = "findConvoys",
       .subject = "sightings",
       .summary = "Find the vehicles that were seen with a given one at several cameras, the "
                  "strongest first",
       .purpose = PurposeIn::body,
       .body = convoy_body(),
       .body_size_max = query_size_max,
       .success = {200, "Who was with it, where and when", convoy_schema()},
       .handle = find_convoys},
  };
}

}  // namespace regmark::api
