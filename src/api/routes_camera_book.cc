// What the records hold of a site's cameras: counts for its review, and each camera's book of
// faults, tests and complaints.
#include "api/internal/bind.h"
#include "api/internal/camera_bodies.h"
#include "api/internal/endpoint.h"
#include "api/internal/tables.h"
#include "base/encoding.h"
#include "desk/keep_camera_book.h"
#include "desk/read_review_evidence.h"

namespace regmark::api {
namespace {

using estate::ReviewEvidence;

constexpr std::size_t digest_length = 64;

Json day_or_null(const std::optional<base::UtcDay>& day) {
  return day ? Json(base::format_day(*day)) : Json(nullptr);
}

template <typename T>
Json or_nothing(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// --- Counts for a review

Json show(const estate::CameraFound& camera) {
  Json counts = Json::object();
  for (std::size_t i = 0; i < estate::found_count; ++i) {
    counts[std::string(name(static_cast<estate::Found>(i)))] = camera.counts.at(i);
  }
  const auto checked = camera.checked_in_thousand();
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

Result<http::Response> read_books(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<base::SiteId>(call, "id"));
  return shown(desk::read_camera_books(call.rooms.desk, call.asker(), id),
               [&](const auto& done) -> Result<http::Response> {
                 Names names(call.rooms.desk.people);
                 REGMARK_ASSIGN(const auto books, show_books(done.value, names));
                 return json_response(books);
               });
}

Result<http::Response> read_overdue(const Call& call) {
  return shown(desk::read_tests_overdue(call.rooms.desk, call.asker()), [](const auto& done) {
    return json_response({{"tests", show_tests(done.value)}});
  });
}

Result<http::Response> write_book(const Call& call) {
  REGMARK_ASSIGN(auto camera, id_in_path<base::CameraId>(call, "id"));
  REGMARK_ASSIGN(const auto entry, entry_in(call.body, std::move(camera)));
  return shown(desk::write_camera_book(call.rooms.desk, call.asker(), entry), [](const auto& done) {
    return json_response({{"number", done.value}}, /*status=*/201);
  });
}

Endpoint write_endpoint() {
  auto members = entry_members();
  members.push_back({"purpose", named("Purpose"), Need::optional});
  return {.method = "POST",
          .pattern = "/v1/cameras/{id}/book",
          .id = "writeCameraBook",
          .subject = "estate",
          .summary = "Write down a fault, a test, a complaint, or who attested where it stands",
          .purpose = PurposeIn::body,
          .body = object(std::move(members)),
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
              {200, "The oldest first", books_shape()}, read_books),
      reading("estate", "/v1/estate/tests-overdue", "readTestsOverdue",
              "Tests of clocks and of accuracy that are overdue",
              {200, "The most urgent first", object({{"tests", tests_shape()}})}, read_overdue),
      write_endpoint(),
  };
}

}  // namespace regmark::api
