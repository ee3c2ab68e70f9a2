// What cameras send.
#include "api/http/problem.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"

namespace regmark::api {
namespace {

Json shown(const intake::Answer& answer) {
  Json refused = Json::array();
  for (const auto& read : answer.refused) {
    refused.push_back({{"index", read.index}, {"code", read.code}, {"message", read.message}});
  }
  return {{"accepted", answer.accepted},
          {"not_kept", answer.not_kept},
          {"duplicates", answer.duplicates},
          {"refused", std::move(refused)},
          {"dropped", answer.dropped}};
}

http::Response shown(const intake::BatchRefused& refused) {
  using Why = intake::BatchRefused::Why;
  switch (refused.why) {
    case Why::not_justified:
      return http::problem(403, "not_justified", refused.message);
    case Why::malformed:
      return http::problem(400, "invalid_input", refused.message);
    case Why::too_large:
      return http::problem(413, "limit_exceeded", refused.message);
    case Why::too_often: {
      auto response = http::problem(429, "limit_exceeded", refused.message);
      response.headers.emplace_back("Retry-After", "60");
      return response;
    }
  }
  return http::problem(500, "corrupt", "");
}

Result<http::Response> take_reads(const Call& call) {
  const auto& request = call.request;
  const auto meant = call.parameter("camera");
  if (!meant.empty() && meant != call.camera->text()) {
    return http::problem(409, "conflict", "this token is of another camera");
  }
  REGMARK_ASSIGN(
      const auto outcome,
      call.rooms.intake.accept(*call.camera, request.header("Content-Type"), request.body));
  if (const auto* refused = std::get_if<intake::BatchRefused>(&outcome)) return shown(*refused);
  return json_response(shown(std::get<intake::Answer>(outcome)));
}

Json one_a_line() {
  return described(Json{{"type", "string"}}, "One CameraRead a line, all of one camera.");
}

Json with_pictures() {
  return described(any_object(),
                   "A part \"reads\" with JSON or NDJSON, and for each picture a part named "
                   "\"0.plate\" or \"0.overview\" after the read's place in it.");
}

}  // namespace

Table reads_table() {
  return {{.method = "POST",
           .pattern = "/v1/reads",
           .id = "sendReads",
           .subject = "reads",
           .summary = "A camera hands in a batch of its reads; answered when they are durable",
           .caller = Caller::camera,
           .query = {{"camera", described(id_text(),
                                          "Whose reads these are, to be refused (409) "
                                          "where the token is another camera's")}},
           .body_types = {{"application/json", named("CameraRead")},
                          {"application/x-ndjson", one_a_line()},
                          {"multipart/form-data", with_pictures()}},
           .body_size_max = intake::batch_size_max,
           .success = {200, "What was taken, and what was not", named("ReadsAnswer")},
           .handle = take_reads}};
}

}  // namespace regmark::api
