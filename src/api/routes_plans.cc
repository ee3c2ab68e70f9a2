// Where cameras should stand: gaps, duplication and the fewest cameras.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/tables.h"
#include "desk/plan_estate.h"
#include "planning/json/inputs.h"
#include "planning/json/plan.h"
#include "planning/read_network.h"

namespace regmark::api {
namespace {

constexpr std::size_t body_size_max = std::size_t{16} << 20U;
constexpr std::size_t network_length_max = std::size_t{12} << 20U;

Error about(std::string_view part, const Error& error) {
  return {error.code, std::string(part) + ": " + error.message};
}

Result<http::Response> make_plan(const Call& call) {
  const auto inputs_text = to_text(call.body.at("inputs"));
  const auto network_text = text_in(call.body, "network");
  const auto inputs = planning::read_inputs(inputs_text);
  if (!inputs) return tl::unexpected<Error>(about("inputs", inputs.error()));
  const auto network = planning::read_network(network_text);
  if (!network) return tl::unexpected<Error>(about("network", network.error()));
  return shown(desk::plan_estate(call.rooms.desk, call.asker(), *network, *inputs),
               [&](const desk::Done<desk::PlannedEstate>& done) -> Result<http::Response> {
                 const auto& planned = done.value;
                 const auto digest = planning::plan_digest(inputs_text, network_text);
                 auto json = Json::parse(planning::plan_json(planned.plan, *network, planned.inputs,
                                                             digest, planning::Map::drawn));
                 json["receipt"] = done.receipt;
                 json["off_network"] = planned.off_network;
                 if (!call.body.value("keep", false)) return json_response(json);
                 const auto kept = desk::keep_plan(
                     call.rooms.desk, call.asker(),
                     {inputs->title, digest, inputs_text, network_text, to_text(json)});
                 return shown(kept, [&](const auto& number) -> Result<http::Response> {
                   json["kept"] = number.value;
                   return json_response(json);
                 });
               });
}

Result<http::Response> list(const Call& call) {
  return shown(desk::read_plans(call.rooms.desk, call.asker()), [](const auto& done) {
    Json plans = Json::array();
    for (const auto& one : done.value) {
      plans.push_back({{"number", one.number},
                       {"title", one.title},
                       {"digest", one.digest},
                       {"at", base::format_utc(one.at)},
                       {"by", one.by.text()},
                       {"receipt", one.receipt}});
    }
    return json_response({{"plans", std::move(plans)}});
  });
}

Result<http::Response> read(const Call& call) {
  REGMARK_ASSIGN(const auto number, number_in_path(call, "number"));
  return shown(desk::read_plan(call.rooms.desk, call.asker(), number), [&](const auto& done) {
    auto json = Json::parse(done.value.plan);
    json["kept"] = number;
    return json_response(json);
  });
}

}  // namespace

Table plans_table() {
  constexpr std::size_t plans_max = 100'000;
  const Json kept = object({{"number", count()},
                            {"title", text(surroundings::plan_title_size_max)},
                            {"digest", text(128)},
                            {"at", time_text()},
                            {"by", id_text()},
                            {"receipt", count()}});
  return {reading("estate", "/v1/plans", "readPlans", "The plans that were kept as a record",
                  {200, "The first first", object({{"plans", list_of(kept, plans_max)}})}, list),
          reading("estate", "/v1/plans/{number}", "readPlan", "A plan as it was kept",
                  {200, "The plan", described(any_object(), "See docs/formats/plan.md.")}, read),
          {.method = "POST",
           .pattern = "/v1/plans",
           .id = "makePlan",
           .subject = "estate",
           .summary = "Gaps, duplication and the fewest cameras, with the record behind each",
           .purpose = PurposeIn::body,
           .body = object(
               {{"inputs", described(any_object(), "See docs/formats/plan.md.")},
                {"network", described(text(network_length_max, 1),
                                      "The roads: the text of a GeoJSON or OSM XML file.")},
                {"keep", described(flag(), "Keep it as a record, which its proposals refer to."),
                 Need::optional},
                {"purpose", named("Purpose"), Need::optional}}),
           .body_size_max = body_size_max,
           .success = {200, "The plan", described(any_object(), "See docs/formats/plan.md.")},
           .handle = make_plan}};
}

}  // namespace regmark::api
