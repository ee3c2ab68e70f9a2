// What professional standards see and keep.
#include "api/internal/bind.h"
#include "api/internal/reviews.h"
#include "api/internal/tables.h"
#include "desk/change_household.h"
#include "desk/read_signals.h"

namespace regmark::api {
namespace {

constexpr std::size_t days_usual = 30;
constexpr std::int64_t days_max = 366;
constexpr std::size_t signals_max = 1'000'000;
constexpr std::size_t csv_size_max = std::size_t{64} << 20U;

template <typename Thing>
Result<Json> all_named(const std::vector<Thing>& things, Names& names) {
  Json all = Json::array();
  for (const auto& thing : things) {
    auto shown = show(thing);
    REGMARK_ASSIGN(shown["person_name"], names.of(thing.person));
    all.push_back(std::move(shown));
  }
  return all;
}

Result<http::Response> read(const Call& call) {
  const auto& rooms = call.rooms.desk;
  const auto days = call.body.value("days", days_usual);
  return shown(
      desk::read_signals(rooms, call.asker(), std::chrono::days{static_cast<std::int64_t>(days)}),
      [&](const auto& done) -> Result<http::Response> {
        Names names(rooms.people);
        REGMARK_ASSIGN(auto signals, all_named(done.value.signals, names));
        REGMARK_ASSIGN(auto evidence, all_named(done.value.evidence, names));
        REGMARK_ASSIGN(auto escalated, show_named(done.value.escalated, rooms.clock.now(), names));
        REGMARK_ASSIGN(auto missed, show_named(done.value.missed, rooms.clock.now(), names));
        return json_response({{"signals", std::move(signals)},
                              {"evidence", std::move(evidence)},
                              {"escalated", std::move(escalated)},
                              {"follow_ups", std::move(missed)}});
      });
}

Result<http::Response> import_household(const Call& call) {
  return shown(desk::import_household(call.rooms.desk, call.asker(), call.request.body),
               [](const auto& done) { return json_response(show(done.value)); });
}

Result<http::Response> import_duty(const Call& call) {
  return shown(desk::import_duty(call.rooms.desk, call.asker(), call.request.body),
               [](const auto& done) { return json_response(show(done.value)); });
}

Endpoint import(std::string pattern, std::string id, std::string summary,
                const std::string& columns, Handle handle) {
  return {.method = "PUT",
          .pattern = std::move(pattern),
          .id = std::move(id),
          .subject = "oversight",
          .summary = std::move(summary),
          .purpose = PurposeIn::headers,
          .body_types = {{"text/csv", described(Json{{"type", "string"}}, columns)}},
          .body_size_max = csv_size_max,
          .success = {200, "What was read, and every row that was not", named("LinesReport")},
          .handle = handle};
}

}  // namespace

Table standards_table() {
  return {
      {.method = "POST",
       .pattern = "/v1/signals",
       .id = "readSignals",
       .subject = "oversight",
       .summary = "Signs of misuse, with what they rest on; reviews that are overdue, or where "
                  "misuse is suspected; and what others missed and nobody saw to in time",
       .purpose = PurposeIn::body,
       .body = object({{"purpose", named("Purpose"), Need::optional},
                       {"days", integer(1, days_max), Need::optional}}),
       .success = {200, "Of the last days, 30 unless given",
                   object({{"signals", list_of(named("Signal"), signals_max)},
                           {"evidence", list_of(named("SearchNote"), oversight::notes_max)},
                           {"escalated", list_of(named("Review"), oversight::reviews_max)},
                           {"follow_ups", list_of(named("FollowUp"), oversight::follow_ups_max)}})},
       .handle = read},
      import("/v1/household", "importHousehold",
             "Replace the list of colleagues' and their households' vehicles",
             "Columns plate and person (whose, or in whose household, by sign-in name or id), "
             "named in "
             "the first row.",
             import_household),
      import("/v1/duty", "importDuty", "Replace the times at which people are on duty",
             "Columns person (sign-in name or id), from and until, named in the first row.",
             import_duty),
  };
}

}  // namespace regmark::api
