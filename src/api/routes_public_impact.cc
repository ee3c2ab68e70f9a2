// The public version of an impact assessment: checked, kept, and a draft all the same.
#include "api/internal/bind.h"
#include "api/internal/files.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "camera_register/draft.h"
#include "desk/publish_impact.h"

namespace regmark::api {
namespace {

using accountability::Show;
using accountability::Strike;

constexpr std::size_t answers_max = 10'000;
constexpr std::size_t id_length_max = 64;
constexpr base::Words<Show, 3> show_words{
    {{Show::words, "words"}, {Show::about, "about"}, {Show::withheld, "withheld"}}};

Result<std::vector<Strike>> strikes_in(const Call& call) {
  return accountability::parse_strikes(to_text(call.body.at("strikes")));
}

Json show(const accountability::Answer& answer) {
  Json findings = Json::array();
  for (const auto& one : answer.findings) {
    findings.push_back(
        {{"what", one.what}, {"text", answer.text.substr(one.begin, one.end - one.begin)}});
  }
  return {{"form", answer.form},
          {"part", answer.part},
          {"field", answer.field},
          {"row", answer.row},
          {"question", answer.question},
          {"show", base::word(show_words, answer.show)},
          {"text", answer.text},
          {"reason", answer.reason},
          {"findings", std::move(findings)}};
}

Result<http::Response> check(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto strikes, strikes_in(call));
  return shown(desk::check_public_impact(call.rooms.desk, call.asker(), id, strikes),
               [](const auto& done) {
                 Json answers = Json::array();
                 for (const auto& one : done.value.checked.answers) answers.push_back(show(one));
                 return json_response({{"paper", done.value.paper.number},
                                       {"newest_paper", done.value.newest_paper},
                                       {"version", done.value.paper.version},
                                       {"passes", done.value.checked.passes()},
                                       {"answers", std::move(answers)}});
               });
}

Result<http::Response> keep(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto strikes, strikes_in(call));
  const auto newest = call.body.at("newest_paper").get<std::uint64_t>();
  return shown(desk::keep_public_impact(call.rooms.desk, call.asker(), id, newest, strikes),
               [](const auto& done) {
                 return json_response({{"number", done.value}}, /*status=*/201);
               });
}

Result<http::Response> list(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  return shown(desk::read_public_versions(call.rooms.desk, call.asker(), id), [](const auto& done) {
    Json versions = Json::array();
    for (const auto& one : done.value) {
      versions.push_back({{"number", one.number},
                          {"paper", one.paper},
                          {"paper_version", one.paper_version},
                          {"at", base::format_utc(one.checked.at)},
                          {"by", one.checked.by.text()},
                          {"receipt", one.checked.receipt},
                          {"rules", one.rules},
                          {"struck", Json::parse(accountability::format_strikes(one.struck))}});
    }
    return json_response({{"release", std::string(camera_register::not_for_release)},
                          {"versions", std::move(versions)}});
  });
}

// One of the two files of a version that was kept.
Result<http::Response> draft(const Call& call, std::string accountability::Draft::*bytes,
                             std::string_view type, const std::string& ending) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  REGMARK_ASSIGN(const auto number, number_in_path(call, "number"));
  return shown(desk::read_public_draft(call.rooms.desk, call.asker(), id, number),
               [&](const auto& done) {
                 // Its number, and no word of the site.
                 const auto name = "not-for-release-" + std::to_string(number) + ending;
                 return file_of(done.value.*bytes, type, name);
               });
}

Result<http::Response> draft_pdf(const Call& call) {
  return draft(call, &accountability::Draft::pdf, pdf_type, ".pdf");
}

Result<http::Response> draft_page(const Call& call) {
  return draft(call, &accountability::Draft::page, html_type, ".html");
}

Json strikes_shape() {
  return list_of(object({{"form", text(id_length_max)},
                         {"part", text(id_length_max)},
                         {"field", text(id_length_max)},
                         {"row", count()},
                         {"passage", described(text(accountability::strike_size_max),
                                               "Empty: all of the answer.")},
                         {"reason", text(accountability::strike_size_max, 1)}}),
                 accountability::strikes_max);
}

Json checked_shape() {
  constexpr std::size_t text_length_max = assessment::answer_size_max * 2;
  const Json finding = object({{"what", text(id_length_max)}, {"text", text(text_length_max)}});
  const Json answer = object({{"form", text(id_length_max)},
                              {"part", text(id_length_max)},
                              {"field", text(id_length_max)},
                              {"row", count()},
                              {"question", text(1'000)},
                              {"show", one_of({"words", "about", "withheld"})},
                              {"text", text(text_length_max)},
                              {"reason", text(text_length_max)},
                              {"findings", list_of(finding, text_length_max)}});
  return object({{"paper", count()},
                 {"newest_paper", described(count(), "Of those that are shown: keep it by this.")},
                 {"version", count()},
                 {"passes", described(flag(), "Nothing in it is known to tell a place.")},
                 {"answers", list_of(answer, answers_max)}});
}

Json versions_shape() {
  const Json version = object({{"number", count()},
                               {"paper", count()},
                               {"paper_version", count()},
                               {"at", time_text()},
                               {"by", id_text()},
                               {"receipt", count()},
                               {"rules", text(id_length_max)},
                               {"struck", strikes_shape()}});
  return object({{"release", one_of({camera_register::not_for_release})},
                 {"versions", list_of(version, answers_max)}});
}

Endpoint post(const std::string& pattern, std::string id, std::string summary,
              std::vector<Member> members, Success success, Handle handle) {
  constexpr std::size_t body_size_max = std::size_t{2} << 20U;
  members.push_back({"strikes", strikes_shape()});
  auto made = changing("estate", pattern, std::move(id), std::move(summary), std::move(members),
                       std::move(success), handle);
  made.body_size_max = body_size_max;
  return made;
}

}  // namespace

Table public_impact_table() {
  const std::string base = "/v1/sites/{id}/public-impact";
  const Json number = object({{"number", count()}});
  return {
      post(base + "/check", "checkPublicImpact",
           "What the rules and these strikes leave of a site's impact assessment", {},
           {200, "Each answer, and what in it still tells a place", checked_shape()}, check),
      post(base, "keepPublicImpact",
           "Keep the public version that one has checked: a draft, not for release",
           {{"newest_paper", described(count(), "As the check that was read gave it.")}},
           {201, "Its number", number}, keep),
      reading("estate", base, "readPublicVersions",
              "Who checked which public version, and what they struck out",
              {200, "The first first", versions_shape()}, list),
      reading("estate", base + "/{number}/pdf", "readPublicVersionAsPdf",
              "A public version on paper: a draft, not for release",
              {200, "The draft", std::nullopt, std::string(pdf_type)}, draft_pdf),
      reading("estate", base + "/{number}/page", "readPublicVersionAsPage",
              "A public version as a page: a draft, not for release",
              {200, "The draft", std::nullopt, std::string(html_type)}, draft_page),
  };
}

}  // namespace regmark::api
