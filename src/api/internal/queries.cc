#include "api/internal/queries.h"

#include "api/internal/bind.h"

namespace regmark::api {
namespace {

constexpr std::size_t rows_count = 100;  // when nobody says how many
constexpr std::size_t after_length_max = 512;

}  // namespace

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

Result<desk::Asker> asker_with_authority(const Call& call) {
  auto asker = call.asker();
  if (call.body.contains("authority")) {
    REGMARK_ASSIGN(asker.authority, id_in<base::AuthorityId>(call.body, "authority"));
  }
  return asker;
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
  return object(std::move(members));
}

Json page_schema() {
  return object({{"receipt", described(count(), "Its record in the audit log.")},
                 {"rows", count()},
                 {"sightings", list_of(named("Read"), sightings::page_rows_max)},
                 {"next", described(text(after_length_max),
                                    "Send it as \"after\" for the next "
                                    "page; empty: this was the last.")},
                 {"valid_until", time_text()}});
}

http::Response page_response(const desk::Done<sightings::Page>& done) {
  return json_response({{"receipt", done.receipt},
                        {"rows", done.value.reads.size()},
                        {"sightings", show_all(done.value.reads)},
                        {"next", done.value.next},
                        {"valid_until", base::format_utc(done.valid_until)}});
}

}  // namespace regmark::api
