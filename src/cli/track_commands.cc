// The command that tells of each passing of one vehicle, as it happens.
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/print.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

void print(std::string_view event, const json& data) {
  if (event == "hello") {
    std::cout << "Told of each passing until " << cell(data, "until") << "; recorded as "
              << cell(data, "receipt") << " in the audit log. End with Ctrl-C.\n";
  } else if (event == "sighting") {
    std::cout << cell(data, "observed") << "  " << cell(data, "camera") << "  "
              << cell(data, "plate") << "  " << cell(data, "score") << "\n";
  }
  std::cout << std::flush;
}

}  // namespace

int track_plate(const SearchArguments& arguments) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  auto question = question_of(arguments);
  question.erase("from");
  question["rows"] = arguments.rows;
  std::string why = "its time, the leave or the session is over";
  const auto ended = client->post_for_events("/v1/tracks", question, [&](const Event& event) {
    const auto data = json::parse(event.data, nullptr, /*allow_exceptions=*/false);
    if (event.name == "over") {
      why = cell(data, "why");
    } else {
      print(event.name, data);
    }
  });
  if (!ended) return say_failure(ended.error());
  std::cout << "The office ended it: " << why << ".\n";
  return 0;
}

void add_track(CLI::App& app, Typed& typed) {
  auto* command =
      app.add_subcommand("track", "Be told of each passing of one vehicle, from now on");
  const auto arguments = keep<SearchArguments>();
  command->add_option("plate", arguments->plate, "Whole: one vehicle")->required();
  command->add_option("--until", arguments->until, "2026-01-31T09:30:00Z")->required();
  command->add_option("--camera", arguments->cameras, "Only these cameras");
  command->add_option("--rows", arguments->rows, "Passings, at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000));
  add_purpose(*command, *arguments);
  add_authority_used(*command, *arguments);
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return track_plate(*arguments); }; });
}

}  // namespace regmark::cli
