#include "api/internal/camera_bodies.h"

#include <algorithm>

#include "api/internal/bind.h"
#include "base/encoding.h"

namespace regmark::api {
namespace {

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

Result<Json> show_entry(const estate::BookRecord& record, Names& names) {
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

Json show_test(const estate::TestDue& test) {
  return {{"camera", test.camera.text()},   {"test", std::string(name(test.kind))},
          {"last", day_or_null(test.last)}, {"due", base::format_day(test.due)},
          {"is_overdue", test.is_overdue},  {"failed", test.failed}};
}

Result<base::Digest> digest_in(const Json& text) {
  REGMARK_ASSIGN(const auto bytes, base::from_hex(text.get<std::string>()));
  base::Digest digest{};  // the schema let 64 characters through
  std::ranges::copy(bytes, digest.begin());
  return digest;
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

}  // namespace

Result<estate::BookEntry> entry_in(const Json& body, base::CameraId camera) {
  REGMARK_ASSIGN(const auto day, day_in(body, "day"));
  // The schema let only kinds through.
  estate::BookEntry entry{.camera = std::move(camera),
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

Result<estate::CameraCredential> key_in(const Json& body) {
  // The schema let 64 characters through.
  REGMARK_ASSIGN(const auto bytes, base::from_hex(text_in(body, "public_key")));
  estate::CameraCredential credential{.key = estate::PublicKey{}};
  std::ranges::copy(bytes, credential.key->begin());
  return credential;
}

estate::CameraCredential certificate_in(const Json& body) {
  return {.key = std::nullopt, .certificate = text_in(body, "fingerprint")};
}

Result<Json> show_books(const desk::CameraBooks& books, Names& names) {
  Json entries = Json::array();
  for (const auto& record : books.entries) {
    REGMARK_ASSIGN(entries.emplace_back(), show_entry(record, names));
  }
  return Json{{"entries", std::move(entries)}, {"tests", show_tests(books.tests)}};
}

Json show_tests(const std::vector<estate::TestDue>& tests) {
  Json all = Json::array();
  for (const auto& test : tests) all.push_back(show_test(test));
  return all;
}

std::vector<Member> entry_members() {
  const Json digests = list_of(text(digest_length, digest_length), estate::book_evidence_max);
  return {{"kind", kind_shape()},
          {"day", day_text()},
          {"words", text(estate::book_words_max, 1)},
          {"ended", day_text(), Need::optional},
          {"passed", flag(), Need::optional},
          {"accuracy", accuracy_shape(), Need::optional},
          {"clock_off_ms", integer(-clock_off_max, clock_off_max), Need::optional},
          {"evidence", digests, Need::optional},
          {"replaces", count(), Need::optional}};
}

std::vector<Member> key_members() {
  return {{"public_key", text(digest_length, digest_length)}};
}

std::vector<Member> certificate_members() {
  return {{"fingerprint", text(digest_length, digest_length)}};
}

Json books_shape() {
  return object(
      {{"entries", list_of(entry_shape(), estate::book_records_max)}, {"tests", tests_shape()}});
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

}  // namespace regmark::api
