// Reads drawn by chance, which people check on their pictures, and what that says of the cameras.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/tables.h"
#include "api/internal/words.h"
#include "desk/check_reads.h"

namespace regmark::api {
namespace {

constexpr std::size_t groups_max = 100'000;   // cameras, hours and kinds
constexpr std::chrono::days looked_back{30};  // when nobody says from when

constexpr base::Words<desk::Sees, 3> sees_words = {{{desk::Sees::plate, "plate"},
                                                    {desk::Sees::unreadable, "unreadable"},
                                                    {desk::Sees::no_plate, "no_plate"}}};

Result<http::Response> next_sample(const Call& call) {
  return shown(desk::next_sample(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"read", done.value ? Json(done.value->text()) : Json()}});
  });
}

Result<http::Response> see_sample(const Call& call) {
  REGMARK_ASSIGN(const auto read, id_in_path<plate::ReadId>(call, "read"));
  return shown(desk::see_sample(call.rooms.desk, call.asker(), read),
               [](const auto& done) { return jpeg_response(done.value); });
}

Result<http::Response> tell_sample(const Call& call) {
  REGMARK_ASSIGN(const auto read, id_in_path<plate::ReadId>(call, "read"));
  const auto sees = base::value_of(sees_words, text_in(call.body, "sees"));
  return done(
      desk::tell_sample(call.rooms.desk, call.asker(), read, *sees, text_in(call.body, "text")));
}

Result<base::UtcTime> time_parameter(const Call& call, const std::string& name,
                                     base::UtcTime otherwise) {
  const auto text = call.parameter(name);
  if (text.empty()) return otherwise;
  return base::parse_utc(text);
}

Result<http::Response> read_accuracies(const Call& call) {
  const auto now = call.rooms.desk.clock.now();
  REGMARK_ASSIGN(const auto from, time_parameter(call, "from", now - looked_back));
  REGMARK_ASSIGN(const auto until, time_parameter(call, "until", now));
  return shown(desk::read_accuracies(call.rooms.desk, call.asker(), from, until),
               [](const auto& done) {
                 Json all = Json::array();
                 for (const auto& one : done.value) {
                   all.push_back({{"by", one.by},
                                  {"what", one.what},
                                  {"checked", one.right.whole},
                                  {"right", one.right.part},
                                  {"share", one.right.value()},
                                  {"least", one.right.low()},
                                  {"most", one.right.high()},
                                  {"unreadable", one.unreadable}});
                 }
                 return json_response({{"accuracies", std::move(all)}});
               });
}

Json accuracy_shape() {
  return object(
      {{"by", one_of({"all", "camera", "hour", "kind"})},
       {"what", described(text(64),
                          "The camera, the hour of the day (UTC), or the kind "
                          "of plate.")},
       {"checked", count()},
       {"right", count()},
       {"share", number(0, 1)},
       {"least", described(number(0, 1), "Of its 95 % interval, after Wilson.")},
       {"most", number(0, 1)},
       {"unreadable", described(count(), "By a person, from the picture: not counted.")}});
}

}  // namespace

Table samples_table() {
  return {
      {.method = "GET",
       .pattern = "/v1/samples/next",
       .id = "nextSample",
       .subject = "samples",
       .summary = "A read drawn by chance that waits for a person to say what its picture shows",
       .success = {200, "The read, or null when none waits",
                   object({{"read", or_null(id_text())}})},
       .handle = next_sample},
      {.method = "GET",
       .pattern = "/v1/samples/{read}/picture",
       .id = "seeSample",
       .subject = "samples",
       .summary = "Its picture of the plate; what was read of it is not told",
       .success = {200, "The picture", std::nullopt, "image/jpeg"},
       .handle = see_sample},
      {.method = "POST",
       .pattern = "/v1/samples/{read}",
       .id = "tellSample",
       .subject = "samples",
       .summary = "Say what the picture shows. Kept is whether the read was right, and no plate",
       .body = object({{"sees", one_of(sees_words)}, {"text", text(64), Need::optional}}),
       .success = {204, "It counts", std::nullopt},
       .handle = tell_sample},
      {.method = "GET",
       .pattern = "/v1/accuracy",
       .id = "readAccuracies",
       .subject = "samples",
       .summary = "How often reads were right that people checked: all, by camera, hour and kind "
                  "of plate; of the last 30 days, unless from= and until= say otherwise",
       .query = {{"from", time_text()}, {"until", time_text()}},
       .success = {200, "The shares, with their intervals",
                   object({{"accuracies", list_of(accuracy_shape(), groups_max)}})},
       .handle = read_accuracies}};
}

}  // namespace regmark::api
