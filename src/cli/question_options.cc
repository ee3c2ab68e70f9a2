// What searches, holds, exports and requests for authority ask alike.
#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {

namespace {

std::vector<CLI::Option*> purpose_options(CLI::App& command, SearchArguments& arguments) {
  return {command.add_option("--category", arguments.category, "Of the investigation"),
          command.add_option("--reference", arguments.reference, "Crime or incident number"),
          command.add_option("--reason", arguments.reason, "In words"),
          command.add_option("--for-whom", arguments.for_whom, "Who asked for it")};
}

}  // namespace

void add_purpose(CLI::App& command, SearchArguments& arguments) {
  for (auto* option : purpose_options(command, arguments)) option->required();
}

void add_purpose_if_any(CLI::App& command, SearchArguments& arguments) {
  const auto options = purpose_options(command, arguments);
  for (auto* option : options) {
    for (auto* other : options) {
      if (other != option) option->needs(other);
    }
  }
}

void add_question(CLI::App& command, SearchArguments& arguments) {
  command.add_option("plate", arguments.plate,
                     "Plate; * any characters, ? one; none: everybody who passed");
  command.add_option("--from", arguments.from, "2026-01-31T08:30:00Z")->required();
  command.add_option("--until", arguments.until, "2026-01-31T09:30:00Z")->required();
  command.add_option("--camera", arguments.cameras, "Only these cameras");
  add_purpose(command, arguments);
}

void add_authority_used(CLI::App& command, SearchArguments& arguments) {
  command.add_option("--authority", arguments.authority, "What a senior officer granted for it");
}

}  // namespace regmark::cli
