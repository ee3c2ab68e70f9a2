// Searches, the pictures of what was found or alerted, and what goes to court.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/queries.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "api/internal/words.h"
#include "desk/export_evidence.h"
#include "desk/find_sightings.h"
#include "desk/see_picture.h"
#include "evidence/bundle.h"

namespace regmark::api {
namespace {

Result<http::Response> search(const Call& call) {
  REGMARK_ASSIGN(const auto query, query_in(call.body));
  REGMARK_ASSIGN(const auto asker, asker_with_authority(call));
  return shown(desk::find_sightings(call.rooms.desk, asker, query), [](const auto& done) {
    return json_response({{"receipt", done.receipt},
                          {"rows", done.value.reads.size()},
                          {"sightings", show_all(done.value.reads)},
                          {"next", done.value.next},
                          {"valid_until", base::format_utc(done.valid_until)}});
  });
}

// By the number of the record: a file's name tells no plate.
http::Response as_file(const desk::Done<desk::Exported>& done) {
  http::Response response;
  response.content_type = "application/zip";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"evidence-" +
                                                           std::to_string(done.receipt) + ".zip\"");
  response.body = done.value.zip;
  return response;
}

Result<http::Response> export_evidence(const Call& call) {
  REGMARK_ASSIGN(const auto query, query_in(call.body));
  REGMARK_ASSIGN(const auto asker, asker_with_authority(call));
  const auto statement = text_in(call.body, "statement");
  if (call.body.contains("hold")) {
    REGMARK_ASSIGN(const auto hold, id_in<base::HoldId>(call.body, "hold"));
    return shown(desk::export_held(call.rooms.desk, asker, hold, query, statement), as_file);
  }
  return shown(desk::export_evidence(call.rooms.desk, asker, query, statement), as_file);
}

Json evidence_body() {
  auto members = query_members();
  members.push_back({"statement",
                     described(text(evidence::statement_size_max),
                               "What whoever exports has to say, in their own words."),
                     Need::optional});
  members.push_back(
      {"hold",
       described(id_text(), "Of what is held as this, of any age, for its own case: nothing else."),
       Need::optional});
  return object(std::move(members));
}

Result<http::Response> see_picture(const Call& call) {
  const auto kind = value_of(picture_kind_words, call.variable("kind"));
  const auto read = plate::ReadId::parse(call.variable("id"));
  if (!kind || !read) return fail(ErrorCode::not_found, "there is no such picture");
  const auto as_image = [](const auto& done) { return jpeg_response(done.value); };
  if (const auto alert = call.parameter("alert"); !alert.empty()) {
    REGMARK_ASSIGN(const auto id, base::AlertId::parse(alert));
    return shown(desk::see_alert_picture(call.rooms.desk, call.asker(), id, *read, *kind),
                 as_image);
  }
  const auto observed = base::parse_utc(call.parameter("observed"));
  if (!observed) {
    return fail(ErrorCode::invalid_input,
                "say which alert it is for, or when the sighting was observed");
  }
  auto asker = call.asker();
  if (const auto authority = call.parameter("authority"); !authority.empty()) {
    REGMARK_ASSIGN(asker.authority, base::AuthorityId::parse(authority));
  }
  return shown(desk::see_found_picture(call.rooms.desk, asker,
                                       {*read, *observed, call.parameter("plate"), *kind}),
               as_image);
}

}  // namespace

Table search_table() {
  return {
      {.method = "POST",
       .pattern = "/v1/searches",
       .id = "search",
       .subject = "sightings",
       .summary = "Find sightings, for a purpose; each page is a question of its own",
       .purpose = PurposeIn::body,
       .body = search_body(),
       .body_size_max = query_size_max,
       .success = {200, "What was found, newest first", page_schema()},
       .handle = search},
      {.method = "POST",
       .pattern = "/v1/evidence",
       .id = "exportEvidence",
       .subject = "sightings",
       .summary = "Reads, pictures and why the cameras stood there as one file that anybody can "
                  "check",
       .purpose = PurposeIn::body,
       .body = evidence_body(),
       .body_size_max = query_size_max,
       .success = {200, "A ZIP file; see docs/formats/evidence.md", std::nullopt,
                   "application/zip"},
       .handle = export_evidence},
      {.method = "GET",
       .pattern = "/v1/sightings/{id}/pictures/{kind}",
       .id = "seePicture",
       .subject = "sightings",
       .summary = "One picture: of an alert (alert=), or of a sighting that a search found "
                  "(observed=, and the purpose in headers); under an authority, with its plate too",
       .purpose = PurposeIn::headers,
       .query = {{"alert", id_text()},
                 {"observed", time_text()},
                 {"authority", id_text()},
                 {"plate", text(access::pattern_size_max)}},
       .success = {200, "The picture", std::nullopt, "image/jpeg"},
       .handle = see_picture},
  };
}

}  // namespace regmark::api
