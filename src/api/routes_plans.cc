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
constexpr std::string_view points_member = "points";

Error about(std::string_view part, const Error& error) {
  return {error.code, std::string(part) + ": " + error.message};
}

surroundings::PointWeights weights_in(const Json& body) {
  surroundings::PointWeights weights;
  if (!body.contains(points_member)) return weights;
  const auto& given = body.at(std::string(points_member));
  const auto weight = [&](surroundings::PointKind kind) {
    return given.value(std::string(base::word(surroundings::point_kind_words, kind)),
                       std::int64_t{0});
  };
  weights.infrastructure = weight(surroundings::PointKind::infrastructure);
  weights.border = weight(surroundings::PointKind::border);
  weights.crowded_place = weight(surroundings::PointKind::crowded_place);
  weights.radius_m = given.value("radius_m", weights.radius_m);
  return weights;
}

Json show(const desk::PlanPoints& points, double radius_m) {
  Json all = Json::array();
  for (const auto& [point, area] : points.on_map.points) {
    const auto& place = point.position;
    all.push_back({{"name", point.name},
                   {"kind", base::word(surroundings::point_kind_words, point.kind)},
                   {"position", {{"latitude", place.latitude}, {"longitude", place.longitude}}},
                   {"area", area.empty() ? Json(nullptr) : Json(area)}});
  }
  return {{"data", points.about.number},
          {"source", points.about.source},
          {"day", base::format_day(points.about.day)},
          {"points", std::move(all)},
          {"radius_m", radius_m},
          {"left_out", points.on_map.left_out},
          {"off_network", points.on_map.off_network}};
}

// What was planned for, as somebody would have written it: with the points' areas, so that anybody
// makes the same plan again from what is kept.
std::string inputs_with_points(const Call& call, const desk::PlannedEstate& planned) {
  Json inputs = call.body.at("inputs");
  if (!planned.points) return to_text(inputs);
  for (const auto& area : planned.points->on_map.areas) {
    inputs["areas"].push_back({{"id", area.id},
                               {"name", area.name},
                               {"weight", area.weight},
                               {"latitude", area.area.centre.latitude},
                               {"longitude", area.area.centre.longitude},
                               {"radius_m", area.area.radius_m},
                               {"margin_m", area.margin_m}});
  }
  return to_text(inputs);
}

Result<http::Response> make_plan(const Call& call) {
  const auto network_text = text_in(call.body, "network");
  const auto inputs = planning::read_inputs(to_text(call.body.at("inputs")));
  if (!inputs) return tl::unexpected<Error>(about("inputs", inputs.error()));
  const auto network = planning::read_network(network_text);
  if (!network) return tl::unexpected<Error>(about("network", network.error()));
  const auto weights = weights_in(call.body);
  return shown(desk::plan_estate(call.rooms.desk, call.asker(), *network, *inputs, weights),
               [&](const desk::Done<desk::PlannedEstate>& done) -> Result<http::Response> {
                 const auto& planned = done.value;
                 const auto inputs_text = inputs_with_points(call, planned);
                 const auto digest = planning::plan_digest(inputs_text, network_text);
                 auto json = Json::parse(planning::plan_json(planned.plan, *network, planned.inputs,
                                                             digest, planning::Map::drawn));
                 json["receipt"] = done.receipt;
                 json["off_network"] = planned.off_network;
                 json["points"] =
                     planned.points ? show(*planned.points, weights.radius_m) : Json(nullptr);
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

// What it was made from, byte for byte: who makes it again finds the same digest.
Result<http::Response> read_sources(const Call& call) {
  REGMARK_ASSIGN(const auto number, number_in_path(call, "number"));
  return shown(desk::read_plan(call.rooms.desk, call.asker(), number), [&](const auto& done) {
    const auto& plan = done.value;
    return json_response({{"title", plan.title},
                          {"digest", plan.digest},
                          {"inputs", plan.inputs},
                          {"network", plan.network}});
  });
}

Json points_wanted() {
  const Json weight = described(integer(0, planning::weight_max), "0: not as areas.");
  const Json radius = number(surroundings::threat_radius_m_min, surroundings::threat_radius_m_max);
  return described(object({{"infrastructure", weight, Need::optional},
                           {"border", weight, Need::optional},
                           {"crowded_place", weight, Need::optional},
                           {"radius_m", radius, Need::optional}}),
                   "Watch the points that were taken in as areas: their weight, by kind.");
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
  return {
      reading("estate", "/v1/plans", "readPlans", "The plans that were kept as a record",
              {200, "The first first", object({{"plans", list_of(kept, plans_max)}})}, list),
      reading("estate", "/v1/plans/{number}", "readPlan", "A plan as it was kept",
              {200, "The plan", described(any_object(), "See docs/formats/plan.md.")}, read),
      reading("estate", "/v1/plans/{number}/sources", "readPlanSources",
              "What a kept plan was made from",
              {200, "Both texts, as they went in",
               object({{"title", text(surroundings::plan_title_size_max)},
                       {"digest", text(128)},
                       {"inputs", described(text(body_size_max), "JSON.")},
                       {"network", described(text(network_length_max), "GeoJSON or OSM XML.")}})},
              read_sources),
      {.method = "POST",
       .pattern = "/v1/plans",
       .id = "makePlan",
       .subject = "estate",
       .summary = "Gaps, duplication and the fewest cameras, with the record behind each",
       .purpose = PurposeIn::body,
       .body =
           object({{"inputs", described(any_object(), "See docs/formats/plan.md.")},
                   {"network", described(text(network_length_max, 1),
                                         "The roads: the text of a GeoJSON or OSM XML file.")},
                   {"points", points_wanted(), Need::optional},
                   {"keep", described(flag(), "Keep it as a record, which its proposals refer to."),
                    Need::optional},
                   {"purpose", named("Purpose"), Need::optional}}),
       .body_size_max = body_size_max,
       .success = {200, "The plan", described(any_object(), "See docs/formats/plan.md.")},
       .handle = make_plan}};
}

}  // namespace regmark::api
