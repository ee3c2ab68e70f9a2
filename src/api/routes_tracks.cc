// Live tracking of a plate.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/queries.h"
#include "api/internal/show.h"
#include "api/internal/stream_screen.h"
#include "api/internal/tables.h"
#include "desk/track_plate.h"

namespace regmark::api {
namespace {

constexpr std::size_t rows_max = 1'000'000;  // the policy says how many may be had
constexpr std::size_t rows_count = 200;      // when nobody says how many

Result<http::Response> track(const Call& call) {
  desk::TrackAsked asked{.plate = text_in(call.body, "plate"), .until = {}};
  REGMARK_ASSIGN(asked.cameras, ids_in<base::CameraId>(call.body, "cameras"));
  if (call.body.contains("area")) {
    REGMARK_ASSIGN(asked.area, area_in(call.body.at("area")));
  }
  REGMARK_ASSIGN(asked.until, time_in(call.body, "until"));
  asked.rows = call.body.value("rows", rows_count);
  REGMARK_ASSIGN(const auto asker, asker_with_authority(call));
  auto& tracks = call.rooms.tracks;
  return shown(tracks.ask_leave(asker, asked), [&](const auto& done) {
    const auto until = std::min(done.valid_until, asked.until);
    return stream_response({{"receipt", done.receipt}, {"until", base::format_utc(until)}},
                           [&tracks, receipt = done.value,
                            token = call.token](const std::shared_ptr<desk::Screen>& screen) {
                             tracks.attach(receipt, token, screen);
                           });
  });
}

Json track_body() {
  return object({{"purpose", named("Purpose"), Need::optional},
                 {"plate", described(text(access::pattern_size_max, 1), "Whole: one vehicle.")},
                 {"cameras", list_of(id_text(), access::cameras_max), Need::optional},
                 {"area", named("Area"), Need::optional},
                 {"until", described(time_text(), "It begins now.")},
                 {"rows", described(integer(1, rows_max), "Passings, at most."), Need::optional},
                 {"authority",
                  described(id_text(), "What a senior officer granted for this; a use is counted."),
                  Need::optional}});
}

}  // namespace

std::string sighting_text(const plate::Read& read) {
  return to_text(show(read));
}

std::string track_over_text(std::string_view why) {
  return to_text({{"why", std::string(why)}});
}

Table tracks_table() {
  return {
      {.method = "POST",
       .pattern = "/v1/tracks",
       .id = "trackPlate",
       .subject = "sightings",
       .summary = "Be told of each passing of one vehicle from now on, as it is kept. Events: "
                  "hello, then sighting; its data is a Read, its id the read's; over, once as many "
                  "were told as were asked for. The stream ends when leave does",
       .purpose = PurposeIn::body,
       .body = track_body(),
       .body_size_max = query_size_max,
       .success = {200, "Server-sent events", std::nullopt, "text/event-stream"},
       .handle = track},
  };
}

}  // namespace regmark::api
