// Commands about looking after searches: each is one call of the office's API.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

constexpr std::size_t csv_size_max = std::size_t{64} << 20U;

void print_search(const json& search) {
  const auto plate = cell(search, "plate");
  print_fact("Record", cell(search, "receipt") + ", " + cell(search, "at"));
  print_fact("By", cell(search, "person_name") + (cell(search, "line").empty() ? "" : ", ") +
                       cell(search, "line"));
  print_fact("For whom", cell(search, "purpose/for_whom"));
  print_fact("Category", cell(search, "purpose/category"));
  print_fact("Reference", cell(search, "purpose/reference"));
  print_fact("Reason", cell(search, "purpose/reason"));
  print_fact("Plate", plate.empty() ? "everybody who passed" : plate);
  print_fact("From", cell(search, "from") + " until " + cell(search, "until"));
  const auto cameras = cell(search, "cameras");
  print_fact("Cameras", cameras == "0" ? "any" : cameras);
  print_fact("Found", cell(search, "rows") + " on " + cell(search, "pages") + " page(s)");
  print_fact("Authority", cell(search, "authority"));
  if (search.value("by_word_of_mouth", false)) print_fact("Given", "by word of mouth");
  for (const auto& flag : search.value("flags", json::array()))
    print_fact("Flag", cell(flag, "words"));
}

void print_review(const json& review) {
  std::cout << cell(review, "id") << " is " << cell(review, "state") << ", due "
            << cell(review, "due") << (review.value("overdue", false) ? " (overdue)" : "") << "\n";
  print_search(review.at("search"));
  for (const auto& step : review.value("steps", json::array())) {
    std::cout << "  " << cell(step, "at") << " " << cell(step, "to") << " " << cell(step, "words")
              << "\n";
  }
}

const std::vector<const char*> follow_up_fields{"missed",      "id",         "since",
                                                "due",         "overdue",    "owner_name",
                                                "person_name", "giver_name", "purpose/reference"};

std::string path_of(const FollowUpArguments& arguments) {
  return "/v1/follow-ups/" + arguments.missed + "/" + arguments.id;
}

void print_follow_up(const json& one) {
  const bool is_hold = cell(one, "missed") == "hold";
  std::cout << (is_hold ? "Hold " : "Authority ") << cell(one, "id")
            << (is_hold ? " was not reviewed by " : " was not confirmed in writing by ")
            << cell(one, "since") << "; due " << cell(one, "due")
            << (one.value("overdue", false) ? " (overdue)" : "") << "\n  "
            << (is_hold ? "Held by: " : "Asked by: ") << cell(one, "person_name") << "\n";
  if (!is_hold) std::cout << "  Said to be given by: " << cell(one, "giver_name") << "\n";
  std::cout << "  Reference: " << cell(one, "purpose/reference")
            << "\n  Reason: " << cell(one, "purpose/reason") << "\n";
  for (const auto& step : one.value("steps", json::array())) {
    const auto words = cell(step, "words");
    std::cout << "  " << cell(step, "at") << " " << (words.empty() ? "taken" : words) << "\n";
  }
}

}  // namespace

int list_reviews() {
  const int listed = print_list(
      "/v1/reviews", "reviews",
      {"id", "state", "due", "overdue", "why", "owner_name", "search/person_name", "search/rows"});
  if (listed != 0) return listed;
  const auto missed = get("/v1/follow-ups");
  if (!missed) return say_failure(missed.error());
  const auto all = missed->value("follow_ups", json::array());
  if (all.empty()) return 0;
  std::cout << "\nNot done in time (regmark follow-ups):\n";
  print_objects(all, follow_up_fields);
  return 0;
}

int list_follow_ups() {
  return print_list("/v1/follow-ups", "follow_ups", follow_up_fields);
}

int take_follow_up(const FollowUpArguments& arguments) {
  const auto answer = post(path_of(arguments) + "/take", nullptr);
  if (!answer) return say_failure(answer.error());
  print_follow_up(*answer);
  return 0;
}

int note_follow_up(const FollowUpArguments& arguments) {
  return done_or_failed(post(path_of(arguments) + "/note", {{"words", arguments.words}}),
                        "Noted. It stays until what was missed is done.");
}

int show_review(const std::string& id) {
  const auto answer = get("/v1/reviews?count=1000");
  if (!answer) return say_failure(answer.error());
  for (const auto& review : answer->value("reviews", json::array())) {
    if (cell(review, "id") != id) continue;
    print_review(review);
    return 0;
  }
  return say_failure("there is no such review for you");
}

int take_review(const std::string& id) {
  const auto answer = post("/v1/reviews/" + id + "/take", nullptr);
  if (!answer) return say_failure(answer.error());
  print_review(*answer);
  return 0;
}

int decide_review(const ReviewArguments& arguments) {
  return done_or_failed(post("/v1/reviews/" + arguments.id + "/decide",
                             {{"outcome", arguments.outcome}, {"words", arguments.words}}),
                        arguments.id + " is " + arguments.outcome + ".");
}

int show_review_figures(bool as_json) {
  const std::string path = "/v1/reviews/figures";
  if (!as_json) {
    return print_list(path, "months",
                      {"month", "searches", "sampled", "urgent", "flagged", "to_review", "reviewed",
                       "overdue", "in_order", "needs_explanation", "misuse_suspected"});
  }
  const auto answer = get(path);
  if (!answer) return say_failure(answer.error());
  std::cout << indented(*answer);
  return 0;
}

int show_signals(const SignalsArguments& arguments) {
  const auto answer =
      post("/v1/signals", {{"purpose", {{"reason", arguments.reason}}}, {"days", arguments.days}});
  if (!answer) return say_failure(answer.error());
  if (arguments.json) {
    std::cout << indented(*answer);
    return 0;
  }
  for (const auto& signal : answer->value("signals", json::array())) {
    std::cout << cell(signal, "kind") << ", " << cell(signal, "person_name") << " ("
              << cell(signal, "person") << "), until " << cell(signal, "until") << "\n  "
              << cell(signal, "words") << "\n  Records: " << cell(signal, "evidence") << "\n";
  }
  for (const auto& review : answer->value("escalated", json::array())) {
    std::cout << "review, " << cell(review, "state") << "\n";
    print_review(review);
  }
  for (const auto& one : answer->value("follow_ups", json::array())) print_follow_up(one);
  if (answer->value("signals", json::array()).empty() &&
      answer->value("escalated", json::array()).empty() &&
      answer->value("follow_ups", json::array()).empty()) {
    std::cout << "Nothing.\n";
  }
  return 0;
}

int import_lines(const LinesArguments& arguments) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto bytes = base::read_file(arguments.csv, csv_size_max);
  if (!bytes) return say_failure(bytes.error());
  auto path = "/v1/" + arguments.what;
  if (!arguments.organisation.empty()) path += "?organisation=" + arguments.organisation;
  const auto report = client->put(path, "text/csv", std::string(base::as_text(*bytes)));
  if (!report) return say_failure(report.error());
  std::cout << cell(*report, "taken") << " taken, " << cell(*report, "rejected_count")
            << " rejected.\n";
  for (const auto& row : report->value("rejected", json::array())) {
    std::cout << "  line " << cell(row, "line") << ": " << cell(row, "reason") << "\n";
  }
  // What took its place is not what somebody wrote: a script must see it, too.
  return report->value("rejected_count", 0) == 0 ? 0 : 1;
}

int list_subject_requests() {
  return print_list("/v1/subject-requests", "subject_requests",
                    {"id", "wish", "received", "due", "is_extended", "overdue", "state"});
}

}  // namespace regmark::cli
