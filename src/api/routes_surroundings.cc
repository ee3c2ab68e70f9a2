// What others publish about the places where cameras stand.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/names.h"
#include "api/internal/tables.h"
#include "api/internal/words.h"
#include "desk/read_site_figures.h"
#include "desk/take_surroundings.h"

namespace regmark::api {
namespace {

using surroundings::data_kind_words;

constexpr std::size_t sets_max = 10'000;
constexpr std::size_t name_length_max = 200;

Json show(const surroundings::DataSet& one) {
  return {{"number", one.number},
          {"kind", base::word(data_kind_words, one.kind)},
          {"source", one.source},
          {"day", base::format_day(one.day)},
          {"at", base::format_utc(one.at)},
          {"by", one.by.text()},
          {"receipt", one.receipt},
          {"sha256", one.sha256},
          {"rows", one.rows}};
}

Result<surroundings::DataKind> kind_asked(const Call& call) {
  const auto kind = base::value_of(data_kind_words, call.variable("kind"));
  if (!kind) return fail(ErrorCode::not_found, "there is no such kind of data");
  return *kind;
}

Json show(const surroundings::CheckedData& checked) {
  Json mistakes = Json::array();
  for (const auto& [line, what] : checked.mistakes) {
    mistakes.push_back({{"line", line}, {"what", what}});
  }
  return {{"columns", checked.columns},
          {"first", checked.first},
          {"rows", checked.rows},
          {"mistakes", std::move(mistakes)},
          {"mistakes_more", checked.mistakes_more}};
}

Result<http::Response> check(const Call& call) {
  REGMARK_ASSIGN(const auto kind, kind_asked(call));
  return shown(desk::check_surroundings(call.rooms.desk, call.asker(), kind, call.request.body),
               [](const auto& done) { return json_response(show(done.value)); });
}

Result<http::Response> take_in(const Call& call) {
  REGMARK_ASSIGN(const auto kind, kind_asked(call));
  REGMARK_ASSIGN(const auto day, base::parse_day(call.parameter("day")));
  const surroundings::NewData data{kind, call.parameter("source"), day, call.request.body};
  return shown(desk::take_in_surroundings(call.rooms.desk, call.asker(), data),
               [](const auto& done) { return json_response(show(done.value), /*status=*/201); });
}

Result<http::Response> list(const Call& call) {
  return shown(desk::read_surroundings(call.rooms.desk, call.asker()),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 Json all = Json::array();
                 for (const auto& one : done.value) {
                   auto& shown_one = all.emplace_back(show(one));
                   REGMARK_ASSIGN(shown_one["by_name"], names.of(one.by));
                 }
                 return json_response({{"data", std::move(all)}});
               });
}

Json show(const surroundings::Figure& figure) {
  Json rests_on = Json::array();
  for (const auto& one : figure.rests_on) {
    rests_on.push_back({{"source", one.source}, {"day", base::format_day(one.day)}});
  }
  return {{"kind", base::word(surroundings::figure_kind_words, figure.kind)},
          {"of", figure.of},
          {"value", figure.value},
          {"rests_on", std::move(rests_on)}};
}

Json show(const desk::CrimeFigures& crime) {
  Json rows = Json::array();
  for (const auto& one : crime.rows) {
    rows.push_back(
        {{"area", one.area}, {"road", one.road}, {"kind", one.kind}, {"count", one.count}});
  }
  return {{"data", show(crime.about)}, {"rows", std::move(rows)}};
}

Json show(const desk::PointsNear& near) {
  Json points = Json::array();
  for (const auto& one : near.points) {
    points.push_back(
        {{"name", one.name},
         {"kind", base::word(surroundings::point_kind_words, one.kind)},
         {"position",
          {{"latitude", one.position.latitude}, {"longitude", one.position.longitude}}}});
  }
  return {{"data", show(near.about)}, {"points", std::move(points)}};
}

Result<http::Response> figures(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  return shown(desk::read_site_figures(call.rooms.desk, call.asker(), id), [](const auto& done) {
    const auto& found = done.value;
    Json all = Json::array();
    for (const auto& one : found.figures) all.push_back(show(one));
    return json_response({{"figures", std::move(all)},
                          {"road", found.road},
                          {"crime", found.crime ? show(*found.crime) : Json(nullptr)},
                          {"points", found.points ? show(*found.points) : Json(nullptr)}});
  });
}

Endpoint figures_endpoint(const Json& set) {
  const Json words = text(surroundings::source_size_max);
  const Json basis = object({{"source", words}, {"day", day_text()}});
  const Json figure = object({{"kind", one_of(surroundings::figure_kind_words)},
                              {"of", described(words, "The settlement, or empty.")},
                              {"value", number(0, 1e12)},
                              {"rests_on", list_of(basis, surroundings::rests_on_max)}});
  const Json row = object({{"area", words}, {"road", words}, {"kind", words}, {"count", count()}});
  const Json crime = object({{"data", set}, {"rows", list_of(row, desk::crime_rows_shown_max)}});
  const Json point = object({{"name", words},
                             {"kind", one_of(surroundings::point_kind_words)},
                             {"position", named("Position")}});
  const Json points = object({{"data", set}, {"points", list_of(point, surroundings::rows_max)}});
  return {
      .method = "GET",
      .pattern = "/v1/sites/{id}/figures",
      .id = "readSiteFigures",
      .subject = "estate",
      .summary = "Figures for the impact of a site, each with its source; crime and places near",
      .purpose = PurposeIn::headers,
      .success = {200, "Nothing where nothing is known",
                  object({{"figures", list_of(figure, sets_max)},
                          {"road", words},
                          {"crime", or_null(crime)},
                          {"points", or_null(points)}})},
      .handle = figures};
}

Endpoint check_endpoint(const Json& content) {
  constexpr std::size_t columns_max = 16;
  const Json words = text(surroundings::data_size_max);
  const Json mistake =
      object({{"line", described(count(), "0: the file as a whole.")}, {"what", text(1'000)}});
  const Json row = list_of(words, columns_max);
  return {.method = "POST",
          .pattern = "/v1/surroundings/{kind}/check",
          .id = "checkSurroundings",
          .subject = "estate",
          .summary = "Say what is in a file and all that is wrong with it; nothing is taken in",
          .purpose = PurposeIn::headers,
          .body_types = {{"text/csv", content}, {"application/octet-stream", content}},
          .body_size_max = surroundings::data_size_max + 1,
          .success = {200, "No mistakes: it would be taken in",
                      object({{"columns", row},
                              {"first", list_of(row, surroundings::first_rows_max)},
                              {"rows", count()},
                              {"mistakes", list_of(mistake, surroundings::mistakes_max)},
                              {"mistakes_more", count()}})},
          .handle = check};
}

}  // namespace

Table surroundings_table() {
  std::vector<Member> members{{"number", count()},
                              {"kind", one_of(data_kind_words)},
                              {"source", text(surroundings::source_size_max)},
                              {"day", day_text()},
                              {"at", time_text()},
                              {"by", id_text()},
                              {"receipt", count()},
                              {"sha256", text(64, 64)},
                              {"rows", count()}};
  const Json set = object(members);
  members.push_back({"by_name", text(name_length_max)});
  const Json listed = object(std::move(members));
  const Json content = described(Json{{"type", "string"}},
                                 "See docs/formats/surroundings_csv.md; of roads GeoJSON or OSM.");
  return {
      figures_endpoint(set),
      check_endpoint(content),
      {.method = "POST",
       .pattern = "/v1/surroundings/{kind}",
       .id = "takeInSurroundings",
       .subject = "estate",
       .summary = "Take in population, traffic, roads, settlements, crime or points, as a source "
                  "gave them",
       .purpose = PurposeIn::headers,
       .query = {{"source", text(surroundings::source_size_max, 1), Need::required},
                 {"day", described(day_text(), "That the data speak of."), Need::required}},
       .body_types = {{"text/csv", content}, {"application/octet-stream", content}},
       .body_size_max = surroundings::data_size_max + 1,
       .success = {201, "What was taken in", set},
       .handle = take_in},
      {.method = "GET",
       .pattern = "/v1/surroundings",
       .id = "readSurroundings",
       .subject = "estate",
       .summary = "What was taken in, from whom and of which day",
       .purpose = PurposeIn::headers,
       .success = {200, "The first first", object({{"data", list_of(listed, sets_max)}})},
       .handle = list},
  };
}

}  // namespace regmark::api
