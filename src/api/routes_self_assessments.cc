// The force's assessment of itself against the surveillance camera code.
#include "api/internal/bind.h"
#include "api/internal/estate_bodies.h"
#include "api/internal/guard.h"
#include "api/internal/tables.h"
#include "desk/assess_self.h"

namespace regmark::api {
namespace {

constexpr std::size_t assessments_max = 10'000;

Json paper_json(const assessment::Paper& paper) {
  return Json::parse(assessment::format_paper(paper));
}

Result<http::Response> begin(const Call& call) {
  return shown(desk::begin_self_assessment(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"paper", paper_json(done.value)}});
  });
}

Result<http::Response> file(const Call& call) {
  REGMARK_ASSIGN(const auto paper, paper_in(call));
  return shown(desk::file_self_assessment(call.rooms.desk, call.asker(), paper),
               [](const auto& done) {
                 return json_response({{"number", done.value}}, /*status=*/201);
               });
}

Result<http::Response> list(const Call& call) {
  return shown(desk::read_self_assessments(call.rooms.desk, call.asker()), [](const auto& done) {
    Json all = Json::array();
    for (const auto& one : done.value) {
      all.push_back({{"number", one.number},
                     {"at", base::format_utc(one.filed.at)},
                     {"by", one.filed.by.text()},
                     {"receipt", one.filed.receipt},
                     {"guidance", one.guidance},
                     {"paper", paper_json(one.paper)}});
    }
    return json_response({{"assessments", std::move(all)}});
  });
}

}  // namespace

Table self_assessments_table() {
  const Json one = object({{"number", count()},
                           {"at", time_text()},
                           {"by", id_text()},
                           {"receipt", count()},
                           {"guidance", text(64)},
                           {"paper", named("Paper")}});
  return {
      {.method = "GET",
       .pattern = "/v1/self-assessments/begun",
       .id = "beginSelfAssessment",
       .subject = "estate",
       .summary = "The form of the self-assessment with what is on record; nothing is ticked",
       .purpose = PurposeIn::headers,
       .success = {200, "To be gone on with", object({{"paper", named("Paper")}})},
       .handle = begin},
      {.method = "GET",
       .pattern = "/v1/self-assessments",
       .id = "readSelfAssessments",
       .subject = "estate",
       .summary = "Every self-assessment that was filed",
       .purpose = PurposeIn::headers,
       .success = {200, "The first first",
                   object({{"assessments", list_of(one, assessments_max)}})},
       .handle = list},
      {.method = "POST",
       .pattern = "/v1/self-assessments",
       .id = "fileSelfAssessment",
       .subject = "estate",
       .summary = "File a self-assessment for the controller: whole, and for good",
       .purpose = PurposeIn::body,
       .body = object({{"paper", named("Paper")}, {"purpose", named("Purpose"), Need::optional}}),
       .body_size_max = paper_body_max,
       .success = {201, "Its number", object({{"number", count()}})},
       .handle = file},
  };
}

}  // namespace regmark::api
