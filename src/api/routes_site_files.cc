// The full path of a site: its papers, its steps, the matrix, the yearly reviews.
#include "api/internal/bind.h"
#include "api/internal/estate_bodies.h"
#include "api/internal/guard.h"
#include "api/internal/named_file.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "base/encoding.h"
#include "desk/approve_estate.h"
#include "desk/build_site.h"
#include "desk/decide_estate.h"
#include "desk/file_paper.h"
#include "desk/read_estate.h"
#include "desk/review_estate.h"

namespace regmark::api {
namespace {

constexpr std::size_t matrix_length_max = 65'536;
constexpr std::int64_t versions_max = 1'000'000;
constexpr std::size_t words_length_max = 1'000;

Result<http::Response> read_guidance(const Call&) {
  const auto& guidance = assessment::Guidance::built_in();
  const auto words = [](const std::vector<assessment::Word>& all) {
    Json shown = Json::array();
    for (const auto& word : all) shown.push_back({{"id", word.id}, {"title", word.title}});
    return shown;
  };
  return json_response({{"version", guidance.version()},
                        {"title", guidance.title()},
                        {"forms", show_all(guidance.forms())},
                        {"columns", words(guidance.columns())},
                        {"location_types", words(guidance.location_types())},
                        {"codes", words(guidance.codes())}});
}

Result<http::Response> read_file(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto as_of, end_of_day_asked(call, "on"));
  return shown(desk::read_site_file(call.rooms.desk, call.asker(), id, as_of),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 REGMARK_ASSIGN(const auto file, show_named(done.value, names));
                 return json_response(file);
               });
}

Result<http::Response> file_paper(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto paper, paper_in(call));
  return shown(desk::file_paper(call.rooms.desk, call.asker(), id, paper), [](const auto& done) {
    return json_response({{"lacks", show_all(done.value)}}, /*status=*/201);
  });
}

Result<http::Response> hand_in(const Call& call) {
  const auto file = base::as_bytes(call.request.body);
  return shown(desk::hand_in_evidence(call.rooms.desk, call.asker(), file), [](const auto& done) {
    return json_response({{"sha256", base::to_hex(done.value)}}, /*status=*/201);
  });
}

Result<http::Response> read_evidence(const Call& call) {
  const auto bytes = base::from_hex(call.variable("digest"));
  base::Digest sha256{};
  if (!bytes || bytes->size() != sha256.size()) {
    return fail(ErrorCode::not_found, "there is no such evidence");
  }
  std::ranges::copy(*bytes, sha256.begin());
  return shown(desk::read_evidence(call.rooms.desk, call.asker(), sha256), [](const auto& done) {
    http::Response response;
    // Whatever it is, no browser is to show it as a page of ours.
    response.content_type = "application/octet-stream";
    response.headers.emplace_back("Content-Disposition", "attachment");
    response.body = std::string(base::as_text(done.value));
    return response;
  });
}

Result<http::Response> assess(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  return done(desk::assess_site(call.rooms.desk, call.asker(), id));
}

Result<http::Response> decide(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto paper, paper_in(call));
  return shown(desk::decide_site(call.rooms.desk, call.asker(), id, paper), [](const auto& done) {
    return json_response({{"matrix", done.value}});
  });
}

Result<http::Response> commission(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto paper, paper_in(call));
  return done(desk::commission_site(call.rooms.desk, call.asker(), id, paper));
}

Result<http::Response> begin(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto review, day_in(call.body, "review"));
  return done(desk::begin_site(call.rooms.desk, call.asker(), id, review));
}

Result<http::Response> review(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto paper, paper_in(call));
  REGMARK_ASSIGN(const auto next, day_in(call.body, "next"));
  return shown(desk::review_site_of_year(call.rooms.desk, call.asker(), id, paper, next),
               [](const auto& done) {
                 Json paragraphs = Json::array();
                 for (const auto each : done.value.paragraphs) {
                   paragraphs.push_back(std::string(each));
                 }
                 return json_response({{"outcome", std::string(name(done.value.outcome))},
                                       {"paragraphs", std::move(paragraphs)}});
               });
}

Result<http::Response> full_path(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  const auto reason = text_in(call.body, "reason");
  return done(desk::take_full_path(call.rooms.desk, call.asker(), id, reason));
}

Result<http::Response> withdraw(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  const auto reason = text_in(call.body, "reason");
  return done(desk::withdraw_site(call.rooms.desk, call.asker(), id, reason));
}

Result<http::Response> decommission(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto paper, paper_in(call));
  return done(desk::decommission_site(call.rooms.desk, call.asker(), id, paper));
}

Result<http::Response> read_matrix(const Call& call) {
  estate::WhichMatrix which;
  REGMARK_ASSIGN(which.as_of, end_of_day_asked(call, "on"));
  if (!call.parameter("version").empty()) which.version = call.count_parameter("version", 0);
  return shown(desk::read_matrix(call.rooms.desk, call.asker(), which),
               [](const auto& done) { return json_response(show(done.value)); });
}

Result<http::Response> set_matrix(const Call& call) {
  const auto toml = text_in(call.body, "toml");
  const auto reasons = text_in(call.body, "reasons");
  return shown(desk::set_matrix(call.rooms.desk, call.asker(), toml, reasons),
               [](const auto& done) {
                 return json_response({{"departures", done.value}});
               });
}

Result<http::Response> read_reviews(const Call& call) {
  return shown(desk::read_reviews(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"reviews", show_all(done.value)}});
  });
}

Result<http::Response> would_stop(const Call& call) {
  REGMARK_ASSIGN(const auto day, base::parse_day(call.parameter("on")));
  return shown(desk::read_would_stop(call.rooms.desk, call.asker(), day), [](const auto& done) {
    return json_response({{"cameras", show_all(done.value)}});
  });
}

Endpoint step(const std::string& verb, std::string id, std::string summary,
              std::vector<Member> members, Success success, Handle handle) {
  auto made = changing("estate", "/v1/sites/{id}/" + verb, std::move(id), std::move(summary),
                       std::move(members), std::move(success), handle);
  made.body_size_max = paper_body_max;
  return made;
}

Json guidance_shape() {
  const Json words = list_of(object({{"id", id_text()}, {"title", text(words_length_max)}}), 100);
  return object({{"version", text(64)},
                 {"title", text(words_length_max)},
                 {"forms", list_of(named("Form"), 100)},
                 {"columns", words},
                 {"location_types", words},
                 {"codes", words}});
}

Table steps_table() {
  const Member paper{"paper", named("Paper")};
  const Member reason{"reason", text(words_length_max, 1)};
  const Success nothing{204, "Done", std::nullopt};
  const Json lacks = list_of(named("Lack"), 10'000);
  const Json course = object({{"outcome", one_of({"continue", "reassess", "stop"})},
                              {"paragraphs", list_of(text(8), 10)}});
  return {
      step("papers", "filePaper", "Write a paper into the site's file", {paper},
           {201, "What it still lacks", object({{"lacks", lacks}})}, file_paper),
      step("assess", "assessSite", "Find everything there that the guidance asks for", {}, nothing,
           assess),
      step("decide", "decideSite", "Decide for the controller, with reasons", {paper},
           {200, "What the matrix says of it", object({{"matrix", text(64)}})}, decide),
      step("commission", "commissionSite", "Say that it is tested, signed and made public", {paper},
           nothing, commission),
      step("begin", "beginSite", "Let its cameras collect, until the first review",
           {{"review", day_text()}}, nothing, begin),
      step("reviews", "reviewSiteOfYear", "The yearly review, for the site and each of its cameras",
           {paper, {"next", described(day_text(), "The next review, if it continues.")}},
           {200, "The course that the answers took; 7.1 where it came too late to continue it",
            course},
           review),
      step("full-path", "takeFullPath", "Assess a short site that is to stay", {reason}, nothing,
           full_path),
      step("withdraw", "withdrawSite", "Withdraw a proposal", {reason}, nothing, withdraw),
      step("decommission", "decommissionSite", "Say that a stopped site was taken down", {paper},
           nothing, decommission),
  };
}

Endpoint hand_in_endpoint() {
  return {.method = "POST",
          .pattern = "/v1/estate/evidence",
          .id = "handInEvidence",
          .subject = "estate",
          .summary = "Keep a file that papers may name as evidence",
          .purpose = PurposeIn::headers,
          .body_types = {{"application/octet-stream",
                          described(Json{{"type", "string"}}, "The file, up to 8 MiB.")}},
          .body_size_max = estate::evidence_size_max + 1,
          .success = {201, "Its SHA-256", object({{"sha256", text(64, 64)}})},
          .handle = hand_in};
}

}  // namespace

Table site_files_table() {
  auto file =
      reading("estate", "/v1/sites/{id}/file", "readSiteFile", "Every step and paper of a site",
              {200, "As it stood at the end of that day, or now", named("SiteFile")}, read_file);
  file.query = {{"on", day_text()}};
  auto stopping =
      reading("estate", "/v1/estate/would-stop", "readWouldStop",
              "Cameras that would stop by the end of a day if nobody did anything",
              {200, "Cameras, and why",
               object({{"cameras", list_of(object({{"camera", id_text()}, {"why", text(400)}}),
                                           estate::cameras_max)}})},
              would_stop);
  stopping.query = {{"on", day_text(), Need::required}};
  auto set = step("", "setMatrix", "Set the deployment assessment matrix, with reasons",
                  {{"toml", text(matrix_length_max, 1)}, {"reasons", text(words_length_max, 1)}},
                  {200, "Where it departs from what the guidance says of every matrix",
                   object({{"departures", list_of(text(400), 1'000)}})},
                  set_matrix);
  set.pattern = "/v1/estate/matrix";
  Table table = steps_table();
  table.push_back(std::move(file));
  table.push_back(hand_in_endpoint());
  table.push_back(
      reading("estate", "/v1/estate/evidence/{digest}", "readEvidence", "A file that was handed in",
              {200, "The file", std::nullopt, "application/octet-stream"}, read_evidence));
  table.push_back(reading("estate", "/v1/estate/guidance", "readGuidance",
                          "What the national guidance asks to be written down",
                          {200, "Forms, and the words of the matrix", guidance_shape()},
                          read_guidance));
  auto matrix = reading("estate", "/v1/estate/matrix", "readMatrix",
                        "The matrix in force, now or at the end of a day, or one of its versions",
                        {200, "The matrix, and why",
                         object({{"version", count()},
                                 {"at", time_text()},
                                 {"by", id_text()},
                                 {"toml", text(matrix_length_max)},
                                 {"reasons", text(words_length_max)}})},
                        read_matrix);
  matrix.query = {{"on", day_text()}, {"version", integer(1, versions_max)}};
  table.push_back(std::move(matrix));
  table.push_back(std::move(set));
  table.push_back(reading("estate", "/v1/estate/reviews", "readReviewsDue",
                          "Every live site by when its review, or its impact assessment, is due",
                          {200, "The most urgent first",
                           object({{"reviews", list_of(named("ReviewDue"), estate::places_max)}})},
                          read_reviews));
  table.push_back(std::move(stopping));
  return table;
}

}  // namespace regmark::api
