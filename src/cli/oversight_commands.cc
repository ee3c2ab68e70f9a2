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
  const auto line = [&](const char* what, const std::string& text) {
    if (!text.empty()) std::cout << "  " << what << ": " << text << "\n";
  };
  const auto plate = cell(search, "plate");
  line("Record", cell(search, "receipt") + ", " + cell(search, "at"));
  line("By", cell(search, "person_name") + (cell(search, "line").empty() ? "" : ", ") +
                 cell(search, "line"));
  line("For whom", cell(search, "purpose/for_whom"));
  line("Category", cell(search, "purpose/category"));
  line("Reference", cell(search, "purpose/reference"));
  line("Reason", cell(search, "purpose/reason"));
  line("Plate", plate.empty() ? "everybody who passed" : plate);
  line("From", cell(search, "from") + " until " + cell(search, "until"));
  const auto cameras = cell(search, "cameras");
  line("Cameras", cameras == "0" ? "any" : cameras);
  line("Found", cell(search, "rows") + " on " + cell(search, "pages") + " page(s)");
  line("Authority", cell(search, "authority"));
  if (search.value("by_word_of_mouth", false)) line("Given", "by word of mouth");
  for (const auto& flag : search.value("flags", json::array())) line("Flag", cell(flag, "words"));
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

}  // namespace

int list_reviews() {
  return print_list(
      "/v1/reviews", "reviews",
      {"id", "state", "due", "overdue", "why", "owner_name", "search/person_name", "search/rows"});
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
  if (answer->value("signals", json::array()).empty() &&
      answer->value("escalated", json::array()).empty()) {
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
  return 0;
}

int list_subject_requests() {
  return print_list("/v1/subject-requests", "subject_requests",
                    {"id", "wish", "received", "due", "is_extended", "overdue", "state"});
}

}  // namespace regmark::cli
