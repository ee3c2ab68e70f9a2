// What the records hold of a site's cameras: counts for its review, and each camera's book of
// faults, tests and complaints.
#include <algorithm>

#include "api/internal/bind.h"
#include "api/internal/endpoint.h"
#include "api/internal/names.h"
#include "api/internal/tables.h"
#include "base/encoding.h"
#include "desk/keep_camera_book.h"
#include "desk/read_review_evidence.h"

namespace regmark::api {
namespace {

using estate::BookEntry;
using estate::BookRecord;
using estate::ReviewEvidence;

constexpr std::size_t digest_length = 64;
constexpr std::int64_t clock_off_max = std::int64_t{1} << 40U;  // milliseconds: more than 30 years
constexpr std::int64_t vehicles_max = std::int64_t{1} << 40U;

Json day_or_null(const std::optional<base::UtcDay>& day) {
  return day ? Json(base::format_day(*day)) : Json(nullptr);
}

template <typename T>
Json or_nothing(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// --- Counts for a review
  const auto checked = camera.checked_in_thousand();

Json show(const estate::CameraFound& camera) {
  Json counts = Json::object();
  for (std::size_t i = 0; i < estate::found_count; ++i) {
    counts[std::string(name(static_cast<estate::Found>(i)))] = camera.counts.at(i);
  }
  return {{"camera", camera.camera.text()},
          {"counts", std::move(counts)},
          {"right_in_thousand", or_nothing(camera.right_in_thousand())},
          {"checked_in_thousand",
           checked ? Json{{"right", checked->right}, {"low", checked->low}, {"high", checked->high}}
                   : Json(nullptr)}};
}

Json show(const ReviewEvidence& evidence) {
  Json cameras = Json::array();
  for (const auto& camera : evidence.cameras) cameras.push_back(show(camera));
  Json figures = Json::array();
  for (std::size_t i = 0; i < estate::found_count; ++i) {
    const auto found = static_cast<estate::Found>(i);
    figures.push_back({{"id", std::string(name(found))}, {"title", std::string(title(found))}});
  }
  const auto file = estate::format_review_evidence(evidence);
  return {{"site", evidence.site.text()},
          {"from", base::format_day(evidence.from)},
          {"until", base::format_day(evidence.until)},
          {"kept_from", day_or_null(evidence.kept_from)},
          {"figures", std::move(figures)},
          {"cameras", std::move(cameras)},
          {"sha256", base::to_hex(base::sha256(base::as_bytes(file)))}};
}

Json evidence_shape() {
  std::vector<Member> counts;
  for (std::size_t i = 0; i < estate::found_count; ++i) {
    counts.push_back({std::string(name(static_cast<estate::Found>(i))), count()});
  }
  const Json camera = object(
      {{"camera", id_text()},
       {"counts", object(std::move(counts))},
       {"right_in_thousand", described(or_null(integer(0, 1'000)),
                                       "Of the alerts that somebody looked at. Null: nobody did.")},
       {"checked_in_thousand",
        described(or_null(object({{"right", integer(0, 1'000)},
                                  {"low", integer(0, 1'000)},
                                  {"high", integer(0, 1'000)}})),
                  "Of the reads drawn by chance that somebody checked, with the 95 % "
                  "interval. Null: nobody did.")}});
  return object({{"site", id_text()},
                 {"from", day_text()},
                 {"until", described(day_text(), "Which is not counted.")},
                 {"kept_from",
                  described(or_null(day_text()), "Reads and alerts before it are kept no more.")},
                 {"figures", list_of(object({{"id", text(64)}, {"title", text(200)}}), 100)},
                 {"cameras", list_of(camera, estate::cameras_max)},
                 {"sha256", described(text(digest_length, digest_length),
                                      "Of the file that a review of the same day will name.")}});
}

Result<http::Response> read_evidence(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  return shown(desk::read_review_evidence(call.rooms.desk, call.asker(), id),
               [](const auto& done) { return json_response(show(done.value)); });
}

// --- Books

Result<Json> show(const BookRecord& record, Names& names) {
  const auto& entry = record.entry;
  Json accuracy = nullptr;
  if (entry.accuracy) {
    accuracy = {{"looked_at", entry.accuracy->looked_at}, {"right", entry.accuracy->right}};
  }
  Json evidence = Json::array();
  for (const auto& sha256 : entry.evidence) evidence.push_back(base::to_hex(sha256));
  REGMARK_ASSIGN(auto by_name, names.of(record.by));
  return Json{{"number", record.number},
              {"at", base::format_utc(record.at)},
              {"by", record.by.text()},
              {"by_name", std::move(by_name)},
              {"receipt", record.receipt},
              {"camera", entry.camera.text()},
              {"kind", std::string(name(entry.kind))},
              {"day", base::format_day(entry.day)},
              {"words", entry.words},
              {"ended", day_or_null(entry.ended)},
              {"passed", or_nothing(entry.passed)},
              {"accuracy", std::move(accuracy)},
              {"clock_off_ms", or_nothing(entry.clock_off)},
              {"evidence", std::move(evidence)},
              {"replaces", or_nothing(entry.replaces)},
              {"is_replaced", record.is_replaced}};
}

Json show(const estate::TestDue& test) {
  return {{"camera", test.camera.text()},   {"test", std::string(name(test.kind))},
          {"last", day_or_null(test.last)}, {"due", base::format_day(test.due)},
          {"is_overdue", test.is_overdue},  {"failed", test.failed}};
}

Json show_tests(const std::vector<estate::TestDue>& tests) {
  Json all = Json::array();
  for (const auto& test : tests) all.push_back(show(test));
  return all;
}

Result<http::Response> read_books(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  return shown(desk::read_camera_books(call.rooms.desk, call.asker(), id),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 Json entries = Json::array();
                 for (const auto& record : done.value.entries) {
                   REGMARK_ASSIGN(entries.emplace_back(), show(record, names));
                 }
                 return json_response(
                     {{"entries", std::move(entries)}, {"tests", show_tests(done.value.tests)}});
               });
}

Result<http::Response> read_overdue(const Call& call) {
  return shown(desk::read_tests_overdue(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"tests", show_tests(done.value)}});
  });
}

Result<base::Digest> digest_in(const Json& text) {
  REGMARK_ASSIGN(const auto bytes, base::from_hex(text.get<std::string>()));
  base::Digest digest{};  // the schema let 64 characters through
  std::ranges::copy(bytes, digest.begin());
  return digest;
}

Result<BookEntry> entry_in(const Json& body, base::CameraId camera) {
  REGMARK_ASSIGN(const auto day, day_in(body, "day"));
  // The schema let only kinds through.
  BookEntry entry{.camera = std::move(camera),
                  .kind = *estate::book_kind_of(text_in(body, "kind")),
                  .day = day,
                  .words = text_in(body, "words")};
  if (body.contains("ended")) {
    REGMARK_ASSIGN(entry.ended, day_in(body, "ended"));
  }
  if (body.contains("passed")) entry.passed = body.at("passed").get<bool>();
  if (body.contains("accuracy")) {
    const auto& accuracy = body.at("accuracy");
    entry.accuracy = {accuracy.at("looked_at").get<std::uint64_t>(),
                      accuracy.at("right").get<std::uint64_t>()};
  }
  if (body.contains("clock_off_ms")) entry.clock_off = body.at("clock_off_ms").get<std::int64_t>();
  if (body.contains("replaces")) entry.replaces = body.at("replaces").get<std::uint64_t>();
  for (const auto& sha256 : body.value("evidence", Json::array())) {
    REGMARK_ASSIGN(const auto digest, digest_in(sha256));
    entry.evidence.push_back(digest);
  }
  return entry;
}

Result<http::Response> write_book(const Call& call) {
  REGMARK_ASSIGN(auto camera, id_in_path<base::CameraId>(call, "id"));
  REGMARK_ASSIGN(const auto entry, entry_in(call.body, std::move(camera)));
  return shown(desk::write_camera_book(call.rooms.desk, call.asker(), entry), [](const auto& done) {
    return json_response({{"number", done.value}}, /*status=*/201);
  });
}

Json kind_shape() {
  return one_of({"fault", "clock_test", "accuracy_test", "complaint", "location"});
}

Json accuracy_shape() {
  return object({{"looked_at", integer(1, vehicles_max)}, {"right", integer(0, vehicles_max)}});
}

Json entry_shape() {
  const Json digests = list_of(text(digest_length, digest_length), estate::book_evidence_max);
  return object({{"number", count()},
                 {"at", time_text()},
                 {"by", id_text()},
                 {"by_name", text(200)},
                 {"receipt", count()},
                 {"camera", id_text()},
                 {"kind", kind_shape()},
                 {"day", day_text()},
                 {"words", text(estate::book_words_max)},
                 {"ended", or_null(day_text())},
                 {"passed", or_null(flag())},
                 {"accuracy", or_null(accuracy_shape())},
                 {"clock_off_ms", or_null(integer(-clock_off_max, clock_off_max))},
                 {"evidence", digests},
                 {"replaces", or_null(count())},
                 {"is_replaced", flag()}});
}

Json tests_shape() {
  return list_of(object({{"camera", id_text()},
                         {"test", one_of({"clock_test", "accuracy_test"})},
                         {"last", or_null(day_text())},
                         {"due", day_text()},
                         {"is_overdue", flag()},
                         {"failed", flag()}}),
                 2 * estate::cameras_max);
}

Endpoint write_endpoint() {
  const Json digests = list_of(text(digest_length, digest_length), estate::book_evidence_max);
  return {.method = "POST",
          .pattern = "/v1/cameras/{id}/book",
          .id = "writeCameraBook",
          .subject = "estate",
          .summary = "Write down a fault, a test, a complaint, or who attested where it stands",
          .purpose = PurposeIn::body,
          .body = object({{"purpose", named("Purpose"), Need::optional},
                          {"kind", kind_shape()},
                          {"day", day_text()},
                          {"words", text(estate::book_words_max, 1)},
                          {"ended", day_text(), Need::optional},
                          {"passed", flag(), Need::optional},
                          {"accuracy", accuracy_shape(), Need::optional},
                          {"clock_off_ms", integer(-clock_off_max, clock_off_max), Need::optional},
                          {"evidence", digests, Need::optional},
                          {"replaces", count(), Need::optional}}),
          .success = {201, "Its number", object({{"number", count()}})},
          .handle = write_book};
}

}  // namespace

Table camera_book_table() {
  return {
      reading("estate", "/v1/sites/{id}/review-evidence", "readReviewEvidence",
              "What the records hold of each camera of a site since its last review, in counts",
              {200, "Counts, and the SHA-256 of them as a file", evidence_shape()}, read_evidence),
      reading("estate", "/v1/sites/{id}/camera-books", "readCameraBooks",
              "Faults, tests and complaints of a site's cameras, and which tests are due",
              {200, "The oldest first",
               object({{"entries", list_of(entry_shape(), estate::book_records_max)},
                       {"tests", tests_shape()}})},
              read_books),
      reading("estate", "/v1/estate/tests-overdue", "readTestsOverdue",
              "Tests of clocks and of accuracy that are overdue",
              {200, "The most urgent first", object({{"tests", tests_shape()}})}, read_overdue),
      write_endpoint(),
  };
}

}  // namespace regmark::api
