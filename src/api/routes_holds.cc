// What is kept for a case past the end of retention.
#include "api/internal/bind.h"
#include "api/internal/guard.h"
#include "api/internal/names.h"
#include "api/internal/queries.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "api/internal/words.h"
#include "desk/hold_sightings.h"
#include "desk/read_held.h"

namespace regmark::api {
namespace {

Result<http::Response> make(const Call& call) {
  REGMARK_ASSIGN(const auto query, query_in(call.body));
  REGMARK_ASSIGN(const auto id, id_in<base::HoldId>(call.body, "id"));
  REGMARK_ASSIGN(const auto review, day_in(call.body, "review"));
  REGMARK_ASSIGN(const auto asker, asker_with_authority(call));
  return shown(desk::hold_sightings(call.rooms.desk, asker, id, query, review),
               [](const auto& done) {
                 return json_response(
                     {{"held", done.value.reads}, {"review", base::format_day(done.value.review)}},
                     /*status=*/201);
               });
}

Result<Json> show_named(const Call& call, const holds::Record& record, Names& names) {
  auto shown = show(record, base::day_of(call.rooms.desk.clock.now()));
  REGMARK_ASSIGN(shown["owner_name"], names.of(record.owner));
  for (std::size_t at = 0; at < record.parts.size(); ++at) {
    REGMARK_ASSIGN(shown["parts"][at]["by_name"], names.of(record.parts[at].by));
  }
  shown["released_by_name"] = nullptr;
  if (record.released_by) {
    REGMARK_ASSIGN(shown["released_by_name"], names.of(*record.released_by));
  }
  return shown;
}

Result<http::Response> list(const Call& call) {
  const auto count = call.count_parameter("count", 100);
  return shown(desk::read_holds(call.rooms.desk, call.asker(), count),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 Json all = Json::array();
                 for (const auto& record : done.value) {
                   REGMARK_ASSIGN(all.emplace_back(), show_named(call, record, names));
                 }
                 return json_response({{"holds", std::move(all)}});
               });
}

Result<http::Response> search(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::HoldId>(call, "id"));
  REGMARK_ASSIGN(const auto query, query_in(call.body));
  return shown(desk::read_held(call.rooms.desk, call.asker(), id, query),
               [](const auto& done) { return page_response(done); });
}

Result<http::Response> picture(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::HoldId>(call, "id"));
  const auto kind = value_of(picture_kind_words, call.variable("kind"));
  const auto read = plate::ReadId::parse(call.variable("read"));
  if (!kind || !read) return fail(ErrorCode::not_found, "there is no such picture");
  return shown(desk::see_held_picture(call.rooms.desk, call.asker(), id, *read, *kind),
               [](const auto& done) { return jpeg_response(done.value); });
}

Result<http::Response> keep_on(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::HoldId>(call, "id"));
  REGMARK_ASSIGN(const auto review, day_in(call.body, "review"));
  return shown(
      desk::keep_hold_on(call.rooms.desk, call.asker(), id, review, text_in(call.body, "words")),
      [&](const auto& done) -> Result<http::Response> {
        Names names(call.rooms.desk.people);
        REGMARK_ASSIGN(const auto record, show_named(call, done.value, names));
        return json_response(record);
      });
}

Result<http::Response> release(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::HoldId>(call, "id"));
  return shown(desk::release_hold(call.rooms.desk, call.asker(), id, text_in(call.body, "words")),
               [](const auto& done) {
                 return json_response({{"released", done.value.reads}});
               });
}

Json make_body() {
  auto members = query_members();
  members.push_back({"id", id_text()});
  members.push_back(
      {"review", described(day_text(),
                           "By when somebody looks again. Of one that is there already, the day "
                           "that it has: a review changes it, with reasons.")});
  return object(std::move(members));
}

}  // namespace

Table holds_table() {
  const Json words = described(text(holds::words_size_max, 1), "Why, for the record.");
  const Member purpose{"purpose", named("Purpose"), Need::optional};
  return {
      {.method = "GET",
       .pattern = "/v1/holds",
       .id = "readHolds",
       .subject = "holds",
       .summary = "What one's organisation holds, for which case, and until when; plates for "
                  "those alone who may see or release it, under its case",
       .purpose = PurposeIn::headers,
       .query = {{"count", integer(1, holds::records_max)}},
       .success = {200, "Newest first",
                   object({{"holds", list_of(named("Hold"), holds::records_max)}})},
       .handle = list},
      {.method = "POST",
       .pattern = "/v1/holds",
       .id = "hold",
       .subject = "holds",
       .summary = "Keep what a case needs past the end of retention",
       .purpose = PurposeIn::body,
       .body = make_body(),
       .body_size_max = query_size_max,
       .success = {201, "How many reads are held, and until when somebody looks again",
                   object({{"held", count()}, {"review", day_text()}})},
       .handle = make},
      {.method = "POST",
       .pattern = "/v1/holds/{id}/searches",
       .id = "searchHold",
       .subject = "holds",
       .summary = "See what is held, of any age, for its own case",
       .purpose = PurposeIn::body,
       .body = search_body(),
       .body_size_max = query_size_max,
       .success = {200, "What is held, newest first", page_schema()},
       .handle = search},
      {.method = "GET",
       .pattern = "/v1/holds/{id}/pictures/{read}/{kind}",
       .id = "seeHeldPicture",
       .subject = "holds",
       .summary = "One picture of what is held",
       .purpose = PurposeIn::headers,
       .success = {200, "The picture", std::nullopt, "image/jpeg"},
       .handle = picture},
      {.method = "POST",
       .pattern = "/v1/holds/{id}/review",
       .id = "reviewHold",
       .subject = "holds",
       .summary = "Keep it on, until another review",
       .purpose = PurposeIn::body,
       .body = object({purpose, {"review", day_text()}, {"words", words}}),
       .success = {200, "The hold as it is now", named("Hold")},
       .handle = keep_on},
      {.method = "POST",
       .pattern = "/v1/holds/{id}/release",
       .id = "releaseHold",
       .subject = "holds",
       .summary = "End it: what was copied out for it is erased. Its owner's to do, or in their "
                  "place a senior officer's",
       .purpose = PurposeIn::body,
       .body = object({purpose, {"words", words}}),
       .success = {200, "How many reads it held", object({{"released", count()}})},
       .handle = release},
  };
}

}  // namespace regmark::api
