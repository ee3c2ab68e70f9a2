// What the cameras did against crime, for the public: drafts, not for release.
#include "api/internal/bind.h"
#include "api/internal/files.h"
#include "api/internal/guard.h"
#include "api/internal/tables.h"
#include "api/internal/words.h"
#include "camera_register/draft.h"
#include "desk/tell_effectiveness.h"

namespace regmark::api {
namespace {

using accountability::Effectiveness;

constexpr std::size_t lines_max = 100;

// The days asked for, and the draft of them in a form of its own (Effectiveness -> Response).
template <typename Make>
Result<http::Response> draft(const Call& call, const Make& make) {
  REGMARK_ASSIGN(const auto from, base::parse_day(call.parameter("from")));
  REGMARK_ASSIGN(const auto until, base::parse_day(call.parameter("until")));
  return shown(desk::read_effectiveness(call.rooms.desk, call.asker(), from, until),
               [&](const auto& done) -> Result<http::Response> { return make(done.value); });
}

Json show(const Effectiveness::Line& line) {
  Json endings = Json::object();
  for (std::size_t i = 0; i < line.by_ending.size(); ++i) {
    const auto& count = line.by_ending[i];
    const auto word = std::string(accountability::ending_words[i].second);
    endings[word] = {{"least", count.least()}, {"most", count.most()}};
  }
  return {{"reason", word(reason_code_words, line.reason)},
          {"endings", std::move(endings)},
          {"all", line.all ? Json(*line.all) : Json(nullptr)}};
}

Result<http::Response> read(const Call& call) {
  return draft(call, [](const Effectiveness& effectiveness) {
    Json lines = Json::array();
    for (const auto& line : effectiveness.lines()) lines.push_back(show(line));
    Json examples = Json::array();
    for (const auto& one : effectiveness.examples()) examples.push_back(one.text());
    return json_response({{"release", std::string(camera_register::not_for_release)},
                          {"from", base::format_day(effectiveness.from())},
                          {"until", base::format_day(effectiveness.until())},
                          {"fewer_than", accountability::small_number},
                          {"lines", std::move(lines)},
                          {"examples", std::move(examples)},
                          {"examples_left_out", effectiveness.examples_left_out()}});
  });
}

constexpr std::string_view file_name = "not-for-release-effectiveness";

Result<http::Response> read_pdf(const Call& call) {
  return draft(call, [](const Effectiveness& effectiveness) {
    return pdf_file(effectiveness.document(), std::string(file_name));
  });
}

Result<http::Response> read_page(const Call& call) {
  return draft(call, [](const Effectiveness& effectiveness) {
    return html_file(effectiveness.document(), std::string(file_name));
  });
}

Result<http::Response> write_example(const Call& call) {
  return shown(desk::write_example(call.rooms.desk, call.asker(), text_in(call.body, "words")),
               [](const auto& done) {
                 return json_response({{"number", done.value}}, /*status=*/201);
               });
}

Result<http::Response> approve_example(const Call& call) {
  REGMARK_ASSIGN(const auto number, number_in_path(call, "number"));
  return done(desk::approve_example(call.rooms.desk, call.asker(), number));
}

Result<http::Response> read_examples(const Call& call) {
  return shown(desk::read_examples(call.rooms.desk, call.asker()), [](const auto& done) {
    Json examples = Json::array();
    for (const auto& one : done.value) {
      examples.push_back(
          {{"number", one.number},
           {"words", one.words},
           {"at", base::format_utc(one.written.at)},
           {"by", one.written.by.text()},
           {"approved_by", one.approved ? Json(one.approved->by.text()) : Json(nullptr)},
           {"approved_at",
            one.approved ? Json(base::format_utc(one.approved->at)) : Json(nullptr)}});
    }
    return json_response({{"examples", std::move(examples)}});
  });
}

Endpoint get(const std::string& ending, std::string id, Success success, Handle handle) {
  auto made = reading("register", "/v1/effectiveness" + ending, std::move(id),
                      "What the cameras did against crime in calendar quarters that are over: a "
                      "draft, not for release",
                      std::move(success), handle);
  made.query = {
      {"from", described(day_text(), "Of a quarter, the first day."), Need::required},
      {"until", described(day_text(), "Of a quarter that is over, the last."), Need::required}};
  return made;
}

Endpoint post(const std::string& ending, std::string id, std::string summary,
              std::vector<Member> members, Success success, Handle handle) {
  return changing("register", "/v1/effectiveness/examples" + ending, std::move(id),
                  std::move(summary), std::move(members), std::move(success), handle);
}

Json draft_shape() {
  std::vector<Member> endings;
  for (const auto& [ending, word] : accountability::ending_words) {
    endings.push_back({std::string(word), object({{"least", count()}, {"most", count()}})});
  }
  const Json line =
      object({{"reason", one_of(reason_code_words)},
              {"endings", described(object(std::move(endings)),
                                    "Where they differ, fewer than fewer_than in a quarter are "
                                    "not told apart.")},
              {"all", or_null(count())}});
  return object(
      {{"release", one_of({camera_register::not_for_release})},
       {"from", day_text()},
       {"until", day_text()},
       {"fewer_than", count()},
       {"lines", list_of(line, lines_max)},
       {"examples", list_of(text(accountability::example_size_max), accountability::examples_max)},
       {"examples_left_out", described(count(), "They tell a place by now.")}});
}

Json examples_shape() {
  const Json example = object({{"number", count()},
                               {"words", text(accountability::example_size_max)},
                               {"at", time_text()},
                               {"by", id_text()},
                               {"approved_by", or_null(id_text())},
                               {"approved_at", or_null(time_text())}});
  return object({{"examples", list_of(example, accountability::examples_max)}});
}

}  // namespace

Table effectiveness_table() {
  auto examples =
      get("/examples", "readExamples", {200, "Approved or not", examples_shape()}, read_examples);
  examples.query.clear();
  examples.summary = "Every example of what the cameras were good for";
  return {get("", "readEffectiveness", {200, "A draft", draft_shape()}, read),
          get("/pdf", "readEffectivenessAsPdf",
              {200, "A draft", std::nullopt, std::string(pdf_type)}, read_pdf),
          get("/page", "readEffectivenessAsPage",
              {200, "A draft", std::nullopt, std::string(html_type)}, read_page),
          std::move(examples),
          post("", "writeExample", "Write an example, which names no place, vehicle or person",
               {{"words", text(accountability::example_size_max, 1)}},
               {201, "Its number", object({{"number", count()}})}, write_example),
          post("/{number}/approve", "approveExample", "Approve what another person wrote", {},
               {204, "Done", std::nullopt}, approve_example)};
}

}  // namespace regmark::api
