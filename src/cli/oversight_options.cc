#include "cli/commands.h"
#include "cli/options.h"
#include "cli/subject_commands.h"

namespace regmark::cli {
namespace {

void add_decide(CLI::App& group, Typed& typed) {
  auto* decide = group.add_subcommand("decide", "Say what you found; take the review first");
  const auto arguments = keep<ReviewArguments>();
  decide->add_option("id", arguments->id, "Of the review")->required();
  decide
      ->add_option("outcome", arguments->outcome,
                   "in_order, needs_explanation (it stays yours, with a new clock), or "
                   "misuse_suspected (professional standards see it)")
      ->required()
      ->check(CLI::IsMember({"in_order", "needs_explanation", "misuse_suspected"}));
  decide->add_option("--words", arguments->words, "What you found, in words")->required();
  decide->callback(
      [&typed, arguments] { typed.command = [arguments] { return decide_review(*arguments); }; });
}

void add_reviews(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("reviews", "Searches of others that you review (reviewer)");
  group->require_subcommand(1);
  group->add_subcommand("list", "Open ones first, the first due on top")->callback([&typed] {
    typed.command = list_reviews;
  });
  const auto id = keep<std::string>();
  auto* show = group->add_subcommand("show", "All that there is to weigh about one");
  show->add_option("id", *id, "Of the review")->required();
  show->callback([&typed, id] { typed.command = [id] { return show_review(*id); }; });
  auto* take = group->add_subcommand("take", "Make one yours, also when another had it");
  take->add_option("id", *id, "Of the review")->required();
  take->callback([&typed, id] { typed.command = [id] { return take_review(*id); }; });
  add_decide(*group, typed);
  const auto json = keep<bool>();
  auto* figures = group->add_subcommand("figures", "Counts by month, to be published");
  figures->add_flag("--json", *json, "For programs");
  figures->callback(
      [&typed, json] { typed.command = [json] { return show_review_figures(*json); }; });
}

void add_follow_ups(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand(
      "follow-ups", "Holds not reviewed, authorities not confirmed in time (reviewer)");
  group->require_subcommand(1);
  group->add_subcommand("list", "The one that waited longest on top")->callback([&typed] {
    typed.command = list_follow_ups;
  });
  const auto arguments = keep<FollowUpArguments>();
  const auto add = [&](const char* name, const char* help) {
    auto* command = group->add_subcommand(name, help);
    command->add_option("missed", arguments->missed, "hold or authority")
        ->required()
        ->check(CLI::IsMember({"hold", "authority"}));
    command->add_option("id", arguments->id, "Of the hold or the authority")->required();
    return command;
  };
  add("take", "Make one yours, also when another had it")->callback([&typed, arguments] {
    typed.command = [arguments] { return take_follow_up(*arguments); };
  });
  auto* note = add("note", "Say what you did about it; it stays until it is done");
  note->add_option("--words", arguments->words, "What you did, in words")->required();
  note->callback(
      [&typed, arguments] { typed.command = [arguments] { return note_follow_up(*arguments); }; });
}

void add_import(CLI::App& group, Typed& typed, const char* what, const char* help) {
  auto* import = group.add_subcommand("import", help);
  const auto arguments = keep<LinesArguments>();
  arguments->what = what;
  import->add_option("file", arguments->csv, "CSV; its first row names the columns")
      ->required()
      ->check(CLI::ExistingFile);
  if (arguments->what == "cases") {
    import->add_option("--organisation", arguments->organisation, "Whose; your own otherwise");
  }
  import->callback(
      [&typed, arguments] { typed.command = [arguments] { return import_lines(*arguments);
};
}  // namespace
);
}  // namespace regmark::cli

void add_imports(CLI::App& app, Typed& typed) {
  struct Group {
    const char *name, *about, *what, *help;
  };
  static constexpr Group groups[] = {
      {"cases", "The case register that references are checked against (administrator)", "cases",
       "Replace it: reference, category, opened, closed"},
      {"household", "Vehicles of colleagues and their households (standards)", "household",
       "Replace the list: plate, person (whose, by sign-in name or id)"},
      {"duty", "When people are on duty (standards)", "duty",
       "Replace the times: person (sign-in name or id), from, until"},
  };
  for (const auto& one : groups) {
    auto* group = app.add_subcommand(one.name, one.about);
    group->require_subcommand(1);
    add_import(*group, typed, one.what, one.help);
  }
}

void add_signals(CLI::App& app, Typed& typed) {
  auto* signals =
      app.add_subcommand("signals", "Signs of misuse, each a question to ask (standards)");
  const auto arguments = keep<SignalsArguments>();
  signals->add_option("--reason", arguments->reason, "Why you look, in words")->required();
  signals->add_option("--days", arguments->days, "Of the last days")->capture_default_str();
  signals->add_flag("--json", arguments->json, "With the searches that they rest on");
  signals->callback(
      [&typed, arguments] { typed.command = [arguments] { return show_signals(*arguments); }; });
}

}  // namespace

void add_oversight(CLI::App& app, Typed& typed) {
  add_reviews(app, typed);
  add_follow_ups(app, typed);
  add_signals(app, typed);
  add_imports(app, typed);
  add_subjects(app, typed);
}

}  // namespace regmark::cli
