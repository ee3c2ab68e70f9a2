// Searches, the pictures of what was found or alerted, and holds.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "api/internal/words.h"
#include "desk/find_sightings.h"
#include "desk/hold_sightings.h"
#include "desk/see_picture.h"

namespace regmark::api {
namespace {

constexpr std::size_t rows_count = 100;  // when nobody says how many
constexpr std::size_t after_length_max = 512;
constexpr std::size_t query_size_max = std::size_t{256} << 10U;  // cameras_max ids, and the rest

Result<sightings::Query> query_in(const Json& body) {
  sightings::Query query;
  query.plate = text_in(body, "plate");
  REGMARK_ASSIGN(query.cameras, ids_in<base::CameraId>(body, "cameras"));
  if (body.contains("area")) {
    REGMARK_ASSIGN(query.area, area_in(body.at("area")));
  }
  if (body.contains("from") != body.contains("until")) {
    return fail(ErrorCode::invalid_input, "from and until stand together");
  }
  if (body.contains("from")) {
    REGMARK_ASSIGN(const auto from, time_in(body, "from"));
    REGMARK_ASSIGN(const auto until, time_in(body, "until"));
    query.window = access::Window{from, until};
  }
  query.rows = body.value("rows", rows_count);
  query.after = text_in(body, "after");
  return query;
}

// Who asks, and on what they say that it stands.
Result<desk::Asker> asker_with_authority(const Call& call) {
  auto asker = call.asker();
  if (call.body.contains("authority")) {
    REGMARK_ASSIGN(asker.authority, id_in<base::AuthorityId>(call.body, "authority"));
  }
  return asker;
}

Result<http::Response> search(const Call& call) {
  REGMARK_ASSIGN(const auto query, query_in(call.body));
  std::optional<base::HoldId> held;
  if (call.body.contains("hold")) {
    REGMARK_ASSIGN(held, id_in<base::HoldId>(call.body, "hold"));
  }
  REGMARK_ASSIGN(const auto asker, asker_with_authority(call));
  return shown(desk::find_sightings(call.rooms.desk, asker, query, held), [](const auto& done) {
    return json_response({{"receipt", done.receipt},
                          {"rows", done.value.reads.size()},
                          {"sightings", show_all(done.value.reads)},
                          {"next", done.value.next},
                          {"valid_until", base::format_utc(done.valid_until)}});
  });
}

Result<http::Response> hold(const Call& call) {
  REGMARK_ASSIGN(const auto query, query_in(call.body));
  REGMARK_ASSIGN(const auto id, id_in<base::HoldId>(call.body, "id"));
  REGMARK_ASSIGN(const auto asker, asker_with_authority(call));
  return shown(desk::hold_sightings(call.rooms.desk, asker, id, query), [](const auto& done) {
    return json_response({{"held", done.value}}, /*status=*/201);
  });
}

Result<http::Response> see_picture(const Call& call) {
  const auto kind = value_of(picture_kind_words, call.variable("kind"));
  const auto read = plate::ReadId::parse(call.variable("id"));
  if (!kind || !read) return fail(ErrorCode::not_found, "there is no such picture");
  const auto as_image = [](const auto& done) {
    http::Response response;
    response.content_type = "image/jpeg";
    response.body = std::string(base::as_text(done.value));
    return response;
  };
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
  return shown(desk::see_found_picture(call.rooms.desk, call.asker(), *read, *observed, *kind),
               as_image);
}

std::vector<Member> query_members() {
  return {{"purpose", named("Purpose"), Need::optional},
          {"plate",
           described(text(access::pattern_size_max),
                     "A plate, or a pattern: * for any characters, ? for one."),
           Need::optional},
          {"cameras", list_of(id_text(), access::cameras_max), Need::optional},
          {"area", named("Area"), Need::optional},
          {"from", time_text(), Need::optional},
          {"until", time_text(), Need::optional},
          {"authority",
           described(id_text(), "What a senior officer granted for this; a use is counted."),
           Need::optional}};
}

Json search_body() {
  auto members = query_members();
  members.push_back({"rows", integer(1, sightings::page_rows_max), Need::optional});
  members.push_back({"after", text(after_length_max), Need::optional});
  members.push_back({"hold",
                     described(id_text(), "Look only at what was copied out for this hold."),
                     Need::optional});
  return object(std::move(members));
}

Json hold_body() {
  auto members = query_members();
  members.push_back({"id", id_text()});
  return object(std::move(members));
}

Json page() {
  return object({{"receipt", described(count(), "Its record in the audit log.")},
                 {"rows", count()},
                 {"sightings", list_of(named("Read"), sightings::page_rows_max)},
                 {"next", described(text(after_length_max),
                                    "Send it as \"after\" for the next "
                                    "page; empty: this was the last.")},
                 {"valid_until", time_text()}});
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
       .success = {200, "What was found, newest first", page()},
       .handle = search},
      {.method = "GET",
       .pattern = "/v1/sightings/{id}/pictures/{kind}",
       .id = "seePicture",
       .subject = "sightings",
       .summary = "One picture: of an alert (alert=), or of a sighting that a search found "
                  "(observed=, and the purpose in headers)",
       .purpose = PurposeIn::headers,
       .query = {{"alert", id_text()}, {"observed", time_text()}},
       .success = {200, "The picture", std::nullopt, "image/jpeg"},
       .handle = see_picture},
      {.method = "POST",
       .pattern = "/v1/holds",
       .id = "hold",
       .subject = "sightings",
       .summary = "Keep what a case needs past the end of retention",
       .purpose = PurposeIn::body,
       .body = hold_body(),
       .body_size_max = query_size_max,
       .success = {201, "How many reads are held", object({{"held", count()}})},
       .handle = hold},
  };
}

}  // namespace regmark::api
