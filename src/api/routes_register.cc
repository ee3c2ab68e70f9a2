// The register of cameras: taken in, and asked.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/enter_register.h"
#include "desk/read_register.h"
#include "desk/register_csv.h"

namespace regmark::api {
namespace {

constexpr std::size_t lines_max = 10'000;
constexpr std::size_t kinds_max = std::size(camera_register::all_kinds);

Json show(const desk::Entered& entered) {
  Json missing = Json::array();
  for (const auto& one : entered.missing) {
    missing.push_back({{"field", std::string(one.field)}, {"cameras", one.cameras}});
  }
  return {{"sites", entered.sites},       {"cameras", entered.cameras},
          {"counts", entered.counts},     {"costs", entered.costs},
          {"reviews", entered.reviews},   {"held_already", entered.held_already},
          {"missing", std::move(missing)}};
}

Result<http::Response> enter(const Call& call) {
  return shown(desk::enter_register(call.rooms.desk, call.asker(), call.request.body),
               [](const auto& done) { return json_response(show(done.value), /*status=*/201); });
}

Result<http::Response> check(const Call& call) {
  return shown(desk::check_register(call.rooms.desk, call.asker(), call.request.body),
               [](const auto& done) { return json_response(show(done.value)); });
}

Result<http::Response> add_cost(const Call& call) {
  using camera_register::Certainty;
  using camera_register::LikeOne;
  const auto& body = call.body;
  camera_register::Cost cost{.year = body.at("year").get<int>(), .how = Certainty::not_recorded};
  const auto kind = camera_register::cost_kind_of(text_in(body, "kind"));
  if (!kind) return fail(ErrorCode::invalid_input, "there is no such kind of cost");
  cost.kind = *kind;
  if (body.contains("pounds")) {
    cost.pounds = body.at("pounds").get<std::uint64_t>();
    cost.how = body.value("about", false) ? Certainty::approximate : Certainty::exact;
  }
  const auto like_one = body.value("another", false) ? LikeOne::another : LikeOne::the_same;
  return done(desk::add_cost(call.rooms.desk, call.asker(), cost, like_one));
}

Endpoint adding_a_cost() {
  Json kinds{{"type", "string"}, {"enum", Json::array()}};
  for (const auto kind : camera_register::all_cost_kinds) {
    kinds["enum"].push_back(std::string(name(kind)));
  }
  const Json pounds = integer(0, static_cast<std::int64_t>(camera_register::pounds_max));
  return {.method = "POST",
          .pattern = "/v1/costs",
          .id = "addCost",
          .subject = "register",
          .summary = "Write down one cost of a year",
          .purpose = PurposeIn::body,
          .body = object(
              {{"year", integer(1900, 9999)},
               {"kind", kinds},
               {"pounds", described(pounds, "Without it: not recorded."), Need::optional},
               {"about", described(flag(), "The pounds are about right."), Need::optional},
               {"another", described(flag(), "Though the same cost of that year is on record."),
                Need::optional},
               {"purpose", named("Purpose"), Need::optional}}),
          .success = {204, "Done", std::nullopt},
          .handle = add_cost};
}

Endpoint taking_in(std::string pattern, std::string id, std::string summary, int status,
                   Handle handle) {
  const Json missing =
      list_of(object({{"field", text(64)}, {"cameras", described(count(), "Not recorded.")}}), 64);
  return {.method = "POST",
          .pattern = std::move(pattern),
          .id = std::move(id),
          .subject = "register",
          .summary = std::move(summary),
          .purpose = PurposeIn::headers,
          .body_types = {{"text/csv", described(Json{{"type", "string"}}, "With a heading.")}},
          .body_size_max = desk::register_csv_size_max,
          .success = {status, "What was in it, and what was not recorded, field by field",
                      object({{"sites", count()},
                              {"cameras", count()},
                              {"counts", count()},
                              {"costs", count()},
                              {"reviews", count()},
                              {"held_already",
                               described(count(), "Of all of these: they said nothing new.")},
                              {"missing", missing}})},
          .handle = handle};
}

Json show(const camera_register::Draft& draft) {
  Json lines = Json::array();
  for (const auto& [label, figure] : draft.lines()) {
    Json without = Json::array();
    for (const auto kind : figure.without) without.push_back(std::string(name(kind)));
    lines.push_back(
        {{"of", camera_register::text_of(label)},
         {"value", figure.value},
         {"how", std::string(name(figure.how))},
         {"unknown", figure.unknown},
         {"counted", figure.counted ? Json(base::format_day(*figure.counted)) : Json(nullptr)},
         {"without", std::move(without)}});
  }
  return {{"release", std::string(camera_register::not_for_release)},
          {"question", std::string(name(draft.question()))},
          {"from", base::format_day(draft.from())},
          {"until", base::format_day(draft.until())},
          {"lines", std::move(lines)}};
}

// Says which of the days it is that cannot be read.
Result<base::UtcDay> day_asked(const Call& call, const std::string& name) {
  auto day = base::parse_day(call.parameter(name));
  if (!day) return fail(ErrorCode::invalid_input, name + ": " + day.error().message);
  return day;
}

Result<http::Response> read_camera(const Call& call) {
  REGMARK_ASSIGN(const auto camera, id_in_path<base::CameraId>(call, "id"));
  REGMARK_ASSIGN(const auto known, end_of_day_asked(call, "known"));
  // Two of one id: one went, and another was put up under its name.
  return shown(desk::read_particulars(call.rooms.desk, call.asker(), {.camera = camera}, known),
               [](const auto& done) {
                 return json_response({{"cameras", show_all(done.value)}});
               });
}

Result<http::Response> read_cameras(const Call& call) {
  desk::WhichCameras which;
  if (const auto site = call.parameter("site"); !site.empty()) {
    REGMARK_ASSIGN(which.site, base::SiteId::parse(site));
  }
  REGMARK_ASSIGN(const auto known, end_of_day_asked(call, "known"));
  return shown(desk::read_particulars(call.rooms.desk, call.asker(), which, known),
               [](const auto& done) {
                 return json_response({{"cameras", show_all(done.value)}});
               });
}

Result<http::Response> answer_question(const Call& call) {
  const auto question = camera_register::question_of(call.variable("question"));
  if (!question) return fail(ErrorCode::not_found, "the register has no such question");
  REGMARK_ASSIGN(const auto until, day_asked(call, "until"));
  auto from = camera_register::is_of_a_time(*question) ? camera_register::first_day : until;
  if (!call.parameter("from").empty()) {
    REGMARK_ASSIGN(from, day_asked(call, "from"));
  }
  REGMARK_ASSIGN(const auto known, end_of_day_asked(call, "known"));
  const camera_register::Asked asked{*question, from, until, known};
  return shown(desk::read_register(call.rooms.desk, call.asker(), asked),
               [](const auto& done) { return json_response(show(done.value)); });
}

Endpoint reading_cameras(const std::string& more, std::string id, std::string summary,
                         std::vector<Parameter> query, Handle handle) {
  constexpr std::size_t cameras_max = 200'000;
  auto made = reading(
      "estate", "/v1/register/cameras" + more, std::move(id), std::move(summary),
      {200, "What is held", object({{"cameras", list_of(named("Particulars"), cameras_max)}})},
      handle);
  made.query = std::move(query);
  return made;
}

}  // namespace

Table register_table() {
  const Parameter known{"known", described(day_text(), "As it was known at the end of that day.")};
  const Json line = object(
      {{"of", text(64)},
       {"value", count()},
       {"how", one_of({"exact", "approximate", "not_recorded"})},
       {"unknown", described(count(), "That may belong to it: nobody recorded.")},
       {"counted", described(or_null(day_text()),
                             "When this kind was counted as a whole: later, about so many.")},
       {"without", described(list_of(text(64), kinds_max),
                             "Of a whole: kinds that are not recorded, and not in its value.")}});
  const Json draft = object({{"release", one_of({camera_register::not_for_release})},
                             {"question", text(64)},
                             {"from", day_text()},
                             {"until", day_text()},
                             {"lines", list_of(line, lines_max)}});
  return {
      taking_in("/v1/register", "enterRegister",
                "Take in a register that was kept elsewhere, all of it or nothing", 201, enter),
      taking_in("/v1/register/check", "checkRegister",
                "Say what taking it in would do, and what it does not record", 200, check),
      adding_a_cost(),
      {.method = "GET",
       .pattern = "/v1/register/{question}",
       .id = "readRegister",
       .subject = "register",
       .summary = "Ask the register: standing, installed, removed, costs, grounds, reviews, "
                  "impact_published",
       .purpose = PurposeIn::headers,
       .query = {{"from", described(day_text(), "Without it: the beginning of the records.")},
                 {"until", day_text(), Need::required},
                 known},
       .success = {200, "A draft, not for release", draft},
       .handle = answer_question},
      reading_cameras("", "readRegisteredCameras", "What is held of every camera, or of a site's",
                      {{"site", id_text()}, known}, read_cameras),
      reading_cameras("/{id}", "readRegisteredCamera",
                      "What is held of a camera: whose it is, of what kind, since when, why",
                      {known}, read_camera),
  };
}

}  // namespace regmark::api
