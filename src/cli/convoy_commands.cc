// The command that asks who was seen with a given vehicle.
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

int find_convoys(const ConvoyArguments& arguments) {
  auto question = question_of(arguments.question);
  question["rows"] = arguments.question.rows;
  question["cameras_least"] = arguments.cameras_least;
  question["apart_seconds"] = arguments.apart_seconds;
  const auto answer = post("/v1/convoys", question);
  if (!answer) return say_failure(answer.error());
  std::vector<std::vector<std::string>> rows{{"plate", "cameras", "camera", "given", "observed"}};
  for (const auto& companion : answer->value("companions", json::array())) {
    for (const auto& meeting : companion.value("meetings", json::array())) {
      rows.push_back({cell(companion, "plate"), cell(companion, "cameras"), cell(meeting, "camera"),
                      cell(meeting, "given"), cell(meeting, "observed")});
    }
  }
  print_table(rows);
  std::cout << "Looked around " << cell(*answer, "passings") << " passings; recorded as "
            << cell(*answer, "receipt") << " in the audit log.\n";
  if (const auto left_out = cell(*answer, "left_out"); left_out != "0") {
    std::cout << left_out << " weaker ones were left out: narrow the window.\n";
  }
  return 0;
}

void add_convoy(CLI::App& app, Typed& typed) {
  auto* command = app.add_subcommand("convoy", "Find the vehicles that were seen with a given one");
  const auto arguments = keep<ConvoyArguments>();
  add_question(*command, arguments->question);
  add_authority_used(*command, arguments->question);
  command
      ->add_option("--cameras-least", arguments->cameras_least,
                   "At so many different cameras, at least")
      ->capture_default_str();
  command
      ->add_option("--apart", arguments->apart_seconds,
                   "Seconds before or after the given vehicle, at most")
      ->capture_default_str();
  command->add_option("--rows", arguments->question.rows, "Meetings, at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return find_convoys(*arguments); }; });
}

}  // namespace regmark::cli
