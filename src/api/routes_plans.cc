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
               [&](const desk::Done<desk::PlannedEstate>& done) {
                 const auto& planned = done.value;
                 const auto digest = planning::plan_digest(inputs_text, network_text);
                 auto json = Json::parse(planning::plan_json(planned.plan, *network, planned.inputs,
                                                             digest, planning::Map::drawn));
                 json["receipt"] = done.receipt;
                 json["off_network"] = planned.off_network;
                 return json_response(json);
               });
}

}  // namespace

Table plans_table() {
  return {
      {.method = "POST",
       .pattern = "/v1/plans",
       .id = "makePlan",
       .subject = "estate",
       .summary = "Gaps, duplication and the fewest cameras, with the record behind each",
       .purpose = PurposeIn::body,
       .body = object({{"inputs", described(any_object(), "See docs/formats/plan.md.")},
                       {"network", described(text(network_length_max, 1),
                                             "The roads: the text of a GeoJSON or OSM XML file.")},
                       {"purpose", named("Purpose"), Need::optional}}),
       .body_size_max = body_size_max,
       .success = {200, "The plan", described(any_object(), "See docs/formats/plan.md.")},
       .handle = make_plan}};
}

}  // namespace regmark::api
