// Cameras that read otherwise than they usually do.
#include "api/internal/tables.h"
#include "desk/read_drift.h"

namespace regmark::api {
namespace {

constexpr std::size_t alarms_max = 1'000;

Json show(const drift::Alarm& alarm) {
  const auto& departure = alarm.departure;
  return {{"camera", alarm.camera.text()},
          {"hour", base::format_utc(alarm.hour)},
          {"sign", std::string(name(departure.sign))},
          {"found", departure.found},
          {"least", departure.least},
          {"most", departure.most}};
}

Json alarm_shape() {
  return object({{"camera", id_text()},
                 {"hour", described(time_text(), "Its beginning.")},
                 {"sign", one_of({"few_reads", "many_reads", "low_scores", "odd_plates"})},
                 {"found", described(number(0, 1e9),
                                     "Reads an hour, mean score, or the share of "
                                     "plates that fit nothing British.")},
                 {"least", described(number(0, 1e9), "Of what is usual for this hour.")},
                 {"most", number(0, 1e9)}});
}

Result<http::Response> read_drift(const Call& call) {
  const auto count = call.count_parameter("count", alarms_max);
  return shown(desk::read_drift(call.rooms.desk, call.asker(), count), [](const auto& done) {
    Json all = Json::array();
    for (const auto& alarm : done.value) all.push_back(show(alarm));
    return json_response({{"alarms", std::move(all)}});
  });
}

}  // namespace

Table drift_table() {
  return {{.method = "GET",
           .pattern = "/v1/drift",
           .id = "readDrift",
           .subject = "estate",
           .summary = "Hours in which a camera read otherwise than it usually does, newest first",
           .query = {{"count", integer(1, alarms_max)}},
           .success = {200, "The hours, with what was found and what is usual",
                       object({{"alarms", list_of(alarm_shape(), alarms_max)}})},
           .handle = read_drift}};
}

}  // namespace regmark::api
