#include "cli/hold_commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

using Command = int (*)(const HoldArguments&);

std::shared_ptr<HoldArguments> add_command(CLI::App& group, Typed& typed, const char* word,
                                           const char* what, Command run) {
  auto* command = group.add_subcommand(word, what);
  auto arguments = keep<HoldArguments>();
  command->add_option("id", arguments->id, "Of the hold")->required();
  command->callback(
      [&typed, arguments, run] { typed.command = [arguments, run] { return run(*arguments); }; });
  return arguments;
}

void add_words(CLI::App& group, const char* word, HoldArguments& arguments) {
  group.get_subcommand(word)
      ->add_option("--words", arguments.words, "Why: for whoever reads this later")
      ->required();
}

void add_review(CLI::App& group, const char* word, HoldArguments& arguments) {
  group.get_subcommand(word)
      ->add_option("--review", arguments.review, "By when somebody looks again: 2026-12-31")
      ->required();
}

void add_known(CLI::App& group, Typed& typed) {
  auto arguments = keep<KnownHoldsArguments>();
  const auto add = [&](const char* word, const char* what, int (*run)(const KnownHoldsArguments&)) {
    auto* command = group.add_subcommand(word, what);
    add_purpose_if_any(*command, arguments->why);
    command->add_flag("--json", arguments->json, "Whole, as JSON");
    command->footer("Plates are shown of your own holds, and under the purpose of a hold's case.");
    command->callback(
        [&typed, arguments, run] { typed.command = [arguments, run] { return run(*arguments); }; });
    return command;
  };
  add("list", "Those of your organisation", list_holds);
  add("show", "One of them: what is held, for what and by whom", show_hold)
      ->add_option("id", arguments->id, "Of the hold")
      ->required();
}

}  // namespace

void add_hold(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("hold", "What is kept for a case past the end of retention");
  group->require_subcommand(1);
  const auto made = add_command(*group, typed, "make", "Hold what a search finds", make_hold);
  add_question(*group->get_subcommand("make"), made->question);
  add_authority_used(*group->get_subcommand("make"), made->question);
  add_review(*group, "make", *made);

  const auto sought = add_command(*group, typed, "search", "See what is held", search_hold);
  group->get_subcommand("search")->add_option("plate", sought->question.plate,
                                              "Only this one; * any characters, ? one");
  add_purpose(*group->get_subcommand("search"), sought->question);

  const auto kept = add_command(*group, typed, "keep", "Hold it on after a review", keep_hold_on);
  add_purpose(*group->get_subcommand("keep"), kept->question);
  add_review(*group, "keep", *kept);
  add_words(*group, "keep", *kept);

  const auto freed = add_command(*group, typed, "release",
                                 "End your hold; or another's, as a senior officer", release_hold);
  add_purpose(*group->get_subcommand("release"), freed->question);
  add_words(*group, "release", *freed);

  add_known(*group, typed);
}

}  // namespace regmark::cli
