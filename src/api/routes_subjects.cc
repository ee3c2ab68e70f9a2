// What keepers of vehicles ask of us, and the clock that the law sets.
#include <algorithm>

#include "api/internal/bind.h"
#include "api/internal/show.h"
#include "api/internal/tables.h"
#include "desk/answer_subject.h"
#include "desk/erase_for_subject.h"

namespace regmark::api {
namespace {

using oversight::SubjectRequest;
using oversight::SubjectRequestId;

constexpr std::size_t body_size_max = std::size_t{1} << 20U;  // a decision with many parts
constexpr std::size_t held_back_max = 1'000;
// One plate, on every list there may be, in every state.
constexpr std::size_t entries_max = 2 * watchlist::lists_max * watchlist::entries_of_plate_max;
constexpr std::size_t answer_size_max = std::size_t{2} << 20U;

base::UtcDay today(const Call& call) {
  return base::day_of(call.rooms.desk.clock.now());
}

Result<http::Response> one(const Call& call, Result<desk::Answer<SubjectRequest>> answer,
                           int status = 200) {
  return shown(std::move(answer), [&](const auto& done) {
    return json_response(show(done.value, today(call)), status);
  });
}

Result<http::Response> receive(const Call& call) {
  const auto& body = call.body;
  oversight::NewSubjectRequest about;
  about.wish =
      text_in(body, "wish") == "erasure" ? oversight::Wish::erasure : oversight::Wish::access;
  about.plate = text_in(body, "plate");
  REGMARK_ASSIGN(about.window.from, time_in(body, "from"));
  REGMARK_ASSIGN(about.window.until, time_in(body, "until"));
  about.asked_by = text_in(body, "asked_by");
  REGMARK_ASSIGN(about.received, day_in(body, "received"));
  return one(call, desk::receive_subject_request(call.rooms.desk, call.asker(), about),
             /*status=*/201);
}

Result<http::Response> list(const Call& call) {
  const auto count = call.count_parameter("count", 100);
  return shown(desk::read_subject_requests(call.rooms.desk, call.asker(), count),
               [&](const auto& done) {
                 Json all = Json::array();
                 for (const auto& request : done.value) {
                   all.push_back(show_clock(request, today(call)));
                 }
                 return json_response({{"subject_requests", std::move(all)}});
               });
}

Json show_entries(const std::vector<watchlist::Stand>& entries) {
  Json all = Json::array();
  for (const auto& stand : entries) {
    all.push_back({{"entry", show(stand.entry)},
                   {"list_name", stand.list.about.name},
                   {"list_purpose", stand.list.about.purpose}});
  }
  return all;
}

Result<http::Response> see(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<SubjectRequestId>(call, "id"));
  return shown(desk::see_subject_request(call.rooms.desk, call.asker(), id), [&](const auto& done) {
    return json_response(
        {{"receipt", done.receipt},
         {"request", show(done.value.request, today(call))},
         {"is_all", done.value.is_all},
         {"sightings", show_all(done.value.reads)},
         {"kept_from",
          done.value.kept_from ? Json(base::format_utc(*done.value.kept_from)) : Json()},
         {"held", show_all(done.value.held)},
         {"alerts", show_all(done.value.alerts)},
         {"entries", show_entries(done.value.entries)}});
  });
}

Result<http::Response> extend(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<SubjectRequestId>(call, "id"));
  return one(call, desk::extend_subject_request(call.rooms.desk, call.asker(), id,
                                                text_in(call.body, "words")));
}

Result<oversight::SubjectDecision> decision_in(const Json& body) {
  // The schema let only words through that there are.
  const auto named = [](const auto& all, const std::string& word) {
    return *std::ranges::find(all, word, [](auto one) { return oversight::name(one); });
  };
  const auto parts = [&](const Json& words) {
    std::vector<oversight::Part> all;
    for (const auto& word : words) {
      all.push_back(named(oversight::all_parts, word.get<std::string>()));
    }
    return all;
  };
  oversight::SubjectDecision decision{
      .state = named(oversight::all_subject_states, text_in(body, "decision")),
      .words = text_in(body, "words")};
  if (body.contains("gives")) decision.gives = parts(body.at("gives"));
  if (body.contains("unsaid")) {
    decision.unsaid = named(oversight::all_exemptions, text_in(body, "unsaid"));
  }
  if (!body.contains("held_back")) return decision;
  for (const auto& part : body.at("held_back")) {
    REGMARK_ASSIGN(const auto from, time_in(part, "from"));
    REGMARK_ASSIGN(const auto until, time_in(part, "until"));
    oversight::HeldBack back{
        .from = from,
        .until = until,
        .exemption = named(oversight::all_exemptions, text_in(part, "exemption")),
        .reason = text_in(part, "reason"),
        .told = part.value("is_told", false) ? oversight::Told::yes : oversight::Told::no};
    if (part.contains("parts")) back.parts = parts(part.at("parts"));
    decision.held_back.push_back(std::move(back));
  }
  return decision;
}

// What the keeper is sent: nothing in it is for us alone.
Json show_answer(const oversight::SubjectAnswer& answer) {
  const auto show_reads = [](const std::vector<plate::Read>& reads) {
    Json all = Json::array();
    for (const auto& read : reads) {
      all.push_back({{"observed", base::format_utc(read.observed)},
                     {"plate", std::string(read.plate.text())}});
    }
    return all;
  };
  Json alerts = Json::array();
  for (const auto& alert : answer.given.alerts) {
    alerts.push_back({{"observed", base::format_utc(alert.observed)},
                      {"plate", alert.plate},
                      {"outcome", alert.outcome}});
  }
  Json entries = Json::array();
  for (const auto& entry : answer.given.entries) {
    entries.push_back({{"from", base::format_utc(entry.from)},
                       {"until", entry.until ? Json(base::format_utc(*entry.until)) : Json()},
                       {"purpose", entry.purpose}});
  }
  return {{"records", show_reads(answer.given.reads)},
          {"held", show_reads(answer.given.held)},
          {"alerts", std::move(alerts)},
          {"entries", std::move(entries)},
          {"text", answer.text}};
}

Result<http::Response> erase(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<SubjectRequestId>(call, "id"));
  std::vector<plate::ReadId> reads;
  for (const auto& one : call.body.at("sightings")) {
    REGMARK_ASSIGN(const auto read, plate::ReadId::parse(one.get<std::string>()));
    reads.push_back(read);
  }
  return shown(
      desk::erase_for_subject(call.rooms.desk, call.asker(), id, reads), [&](const auto& done) {
        Json kept = Json::array();
        for (const auto& one : done.value.kept) {
          kept.push_back({{"sighting", one.read.text()}, {"why", std::string(name(one.why))}});
        }
        return json_response({{"receipt", done.receipt},
                              {"request", show(done.value.request, today(call))},
                              {"kept", std::move(kept)}});
      });
}

Result<http::Response> decide(const Call& call) {
  REGMARK_ASSIGN(const auto id, id_in_path<SubjectRequestId>(call, "id"));
  REGMARK_ASSIGN(const auto decision, decision_in(call.body));
  return shown(desk::decide_subject_request(call.rooms.desk, call.asker(), id, decision),
               [&](const auto& done) {
                 return json_response({{"request", show(done.value.request, today(call))},
                                       {"answer", show_answer(done.value.answer)}});
               });
}

Json words_text() {
  return text(oversight::subject_words_max, 1);
}

Json receive_body() {
  return object({{"purpose", named("Purpose")},
                 {"wish", one_of({"access", "erasure"})},
                 {"plate", described(text(plate::length_max, 1), "In capitals, without blanks.")},
                 {"from", time_text()},
                 {"until", time_text()},
                 {"asked_by", described(words_text(),
                                        "Who asks, and how one knows that they are "
                                        "the keeper.")},
                 {"received", described(day_text(), "With the proof of who they are.")}});
}

Json parts() {
  return list_of(one_of({"reads", "alerts", "entries", "held"}), std::size(oversight::all_parts));
}

Json held_back() {
  return described(
      list_of(object({{"from", time_text()},
                      {"until", time_text()},
                      {"exemption", named("Exemption")},
                      {"reason", described(words_text(), "For the record only.")},
                      {"parts", described(parts(), "Of what; of all, unless told otherwise."),
                       Need::optional},
                      {"is_told",
                       described(flag(),
                                 "Whether the keeper hears that something was "
                                 "kept back on this ground."),
                       Need::optional}}),
              held_back_max),
      "What was observed in these times is not in the answer.");
}

Json decide_body() {
  return object(
      {{"purpose", named("Purpose")},
       {"decision", described(one_of({"answered", "refused", "neither"}),
                              "neither: that anything is held is neither confirmed nor denied.")},
       {"words", described(words_text(), "To the keeper.")},
       {"gives",
        described(parts(),
                  "What the answer is about: reads, unless told otherwise. Whether there is any of "
                  "the others is neither confirmed nor denied."),
        Need::optional},
       {"unsaid", described(named("Exemption"), "The ground of that: crime, unless another is."),
        Need::optional},
       {"held_back", held_back(), Need::optional}});
}

Json decided_shape() {
  const auto record =
      object({{"observed", time_text()}, {"plate", text(access::pattern_size_max)}});
  const auto alert = object({{"observed", time_text()},
                             {"plate", text(access::pattern_size_max)},
                             {"outcome", text(alerts::note_size_max)}});
  const auto entry = object({{"from", time_text()},
                             {"until", or_null(time_text())},
                             {"purpose", text(watchlist::list_purpose_size_max)}});
  return object({{"request", named("SubjectRequest")},
                 {"answer", object({{"records", list_of(record, oversight::subject_rows_max)},
                                    {"held", list_of(record, oversight::subject_rows_max)},
                                    {"alerts", list_of(alert, oversight::subject_rows_max)},
                                    {"entries", list_of(entry, entries_max)},
                                    {"text", text(answer_size_max)}})}});
}

Json held_shape() {
  const auto entry = object({{"entry", named("Entry")},
                             {"list_name", text(watchlist::list_name_size_max)},
                             {"list_purpose", text(watchlist::list_purpose_size_max)}});
  return object({{"receipt", count()},
                 {"request", named("SubjectRequest")},
                 {"is_all", flag()},
                 {"sightings", list_of(named("Read"), 2 * oversight::subject_rows_max)},
                 {"kept_from", described(or_null(time_text()),
                                         "Of the time that was asked for, what was observed before "
                                         "this is past what is kept. null: nothing is.")},
                 {"held", described(list_of(named("Read"), oversight::subject_rows_max),
                                    "Of before it, held for a case.")},
                 {"alerts", list_of(named("Alert"), oversight::subject_rows_max)},
                 {"entries", list_of(entry, entries_max)}});
}

Json erased_shape() {
  return object(
      {{"receipt", count()},
       {"request", named("SubjectRequest")},
       {"kept", described(list_of(object({{"sighting", text(2 * sizeof(plate::ReadId))},
                                          {"why", one_of({"held", "awaited"})}}),
                                  sightings::erase_reads_max),
                          "What stands all the same: held for a case, or an alert on it is not "
                          "over. It is not for the keeper to hear.")}});
}

Endpoint step(std::string word, std::string id, std::string summary, Json body, Success success,
              Handle handle) {
  return {.method = "POST",
          .pattern = "/v1/subject-requests" + std::move(word),
          .id = std::move(id),
          .subject = "subjects",
          .summary = std::move(summary),
          .purpose = PurposeIn::body,
          .body = std::move(body),
          .body_size_max = body_size_max,
          .success = std::move(success),
          .handle = handle};
}

}  // namespace

Table subjects_table() {
  return {
      {.method = "GET",
       .pattern = "/v1/subject-requests",
       .id = "readSubjectRequests",
       .subject = "subjects",
       .summary = "Which requests there are and when each is due; nothing about whom",
       .purpose = PurposeIn::headers,
       .query = {{"count", integer(1, oversight::subject_requests_max)}},
       .success = {200, "Open ones first, the first due on top",
                   object({{"subject_requests",
                            list_of(named("SubjectClock"), oversight::subject_requests_max)}})},
       .handle = list},
      step("", "receiveSubjectRequest", "Record what a keeper asks", receive_body(),
           {201, "The request, and its clock", named("SubjectRequest")}, receive),
      step("/{id}/see", "seeSubjectRequest", "See what is held that it is about",
           object({{"purpose", named("Purpose")}}), {200, "What is held", held_shape()}, see),
      step("/{id}/extend", "extendSubjectRequest", "Take two months more, with the reason",
           object({{"purpose", named("Purpose")}, {"words", words_text()}}),
           {200, "The request as it is now", named("SubjectRequest")}, extend),
      step("/{id}/erase", "eraseForSubject",
           "Erase some of it before its time; pictures, and alerts that are over, go with it",
           object({{"purpose", named("Purpose")},
                   {"sightings",
                    list_of(text(2 * sizeof(plate::ReadId), 1), sightings::erase_reads_max)}}),
           {200, "How much went, and what could not", erased_shape()}, erase),
      step("/{id}/decide", "decideSubjectRequest", "Decide it, and make the answer", decide_body(),
           {200, "What the keeper is sent", decided_shape()}, decide),
  };
}

}  // namespace regmark::api
