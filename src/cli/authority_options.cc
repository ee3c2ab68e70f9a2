#include "cli/authority_commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

void add_ask(CLI::App& group, Typed& typed) {
  auto* ask = group.add_subcommand("ask", "Ask for leave to look further than your role reaches");
  const auto arguments = keep<AuthorityArguments>();
  add_question(*ask, arguments->question);
  ask->add_option("--kind", arguments->kind, "A word of the policy's")->capture_default_str();
  ask->add_option("--to", arguments->act, "What for")
      ->capture_default_str()
      ->check(CLI::IsMember({"search", "convoy", "track", "hold", "export"}));
  ask->add_option("--given-by", arguments->given_orally_by,
                  "Id of the officer who gave it by word of mouth, in an emergency");
  ask->callback(
      [&typed, arguments] { typed.command = [arguments] { return ask_authority(*arguments); }; });
}

// One decision: `word` is the end of the route.
void add_decision(CLI::App& group, Typed& typed, const char* word, const char* what, bool grants) {
  auto* command = group.add_subcommand(word, what);
  const auto arguments = keep<DecisionArguments>();
  arguments->word = word;
  command->add_option("id", arguments->id, "Of the authority")->required();
  command->add_option("--reason", arguments->reason, "In words")->required();
  if (grants) {
    command->add_option("--hours", arguments->hours, "How long it holds")->capture_default_str();
    command->add_option("--uses", arguments->uses, "How many searches")->capture_default_str();
    command->add_option("--plate", arguments->plate, "Narrower than was asked");
    command->add_option("--camera", arguments->cameras, "Narrower than was asked");
    auto* from = command->add_option("--from", arguments->from, "Narrower than was asked");
    auto* until = command->add_option("--until", arguments->until, "With --from");
    from->needs(until);
    until->needs(from);
  }
  command->callback([&typed, arguments, grants] {
    typed.command = [arguments, grants] { return decide_authority(*arguments, grants); };
  });
}

void add_give_up(CLI::App& group, Typed& typed) {
  auto* command = group.add_subcommand("give-up", "Take back what you asked for, or were given");
  const auto arguments = keep<GiveUpArguments>();
  command->add_option("id", arguments->id, "Of the authority")->required();
  command->add_option("--why", arguments->why, "Why it is not needed any more")->required();
  add_purpose(*command, arguments->question);
  command->callback([&typed, arguments] {
    typed.command = [arguments] { return give_up_authority(*arguments); };
  });
}

void add_records(CLI::App& group, Typed& typed) {
  const auto id = keep<std::string>();
  const auto as_json = keep<bool>();
  auto* list = group.add_subcommand("list", "Yours; for a senior officer, their people's");
  list->add_flag("--json", *as_json, "Whole, as JSON");
  list->callback(
      [&typed, as_json] { typed.command = [as_json] { return list_authorities(*as_json); }; });
  auto* show = group.add_subcommand("show", "One of them: all that there is to decide on");
  show->add_option("id", *id, "Of the authority")->required();
  show->add_flag("--json", *as_json, "As JSON, for programs");
  show->callback([&typed, id, as_json] {
    typed.command = [id, as_json] { return show_authority(*id, *as_json); };
  });
}

}  // namespace

void add_authority(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("authority", "A senior officer's leave to look further");
  group->require_subcommand(1);
  add_ask(*group, typed);
  add_decision(*group, typed, "grant", "Grant what somebody asked for", /*grants=*/true);
  add_decision(*group, typed, "refuse", "Refuse it", /*grants=*/false);
  add_decision(*group, typed, "confirm", "Confirm what you gave by word of mouth", /*grants=*/true);
  add_decision(*group, typed, "withdraw", "Withdraw what was granted", /*grants=*/false);
  add_give_up(*group, typed);
  add_records(*group, typed);
}

}  // namespace regmark::cli
