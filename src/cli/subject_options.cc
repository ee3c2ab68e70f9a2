#include "cli/commands.h"
#include "cli/subject_commands.h"

namespace regmark::cli {
namespace {

using Arguments = std::shared_ptr<SubjectArguments>;
using Command = int (*)(const SubjectArguments&);

CLI::App* add_step(CLI::App& group, Typed& typed, const char* word, const char* help,
                   const Arguments& arguments, Command command) {
  auto* step = group.add_subcommand(word, help);
  step->add_option("--reason", arguments->reason, "Why you look, in words")->required();
  step->callback([&typed, arguments, command] {
    typed.command = [arguments, command] { return command(*arguments); };
  });
  return step;
}

void add_receive(CLI::App& group, Typed& typed) {
  const auto arguments = keep<SubjectArguments>();
  auto* step = add_step(group, typed, "receive", "Record what a keeper asks; its clock begins",
                        arguments, receive_subject_request);
  step->add_option("plate", arguments->plate, "In capitals, without blanks")->required();
  step->add_option("--wish", arguments->wish, "access or erasure")
      ->check(CLI::IsMember({"access", "erasure"}))
      ->capture_default_str();
  step->add_option("--from", arguments->from, "2026-03-01T00:00:00Z")->required();
  step->add_option("--until", arguments->until)->required();
  step->add_option("--asked-by", arguments->asked_by, "Who, and how one knows that it is them")
      ->required();
  step->add_option("--received", arguments->received, "With the proof of that: 2026-03-27")
      ->required();
}

void add_decide(CLI::App& group, Typed& typed) {
  const auto arguments = keep<SubjectArguments>();
  auto* step = add_step(group, typed, "decide", "Decide one, and make the answer", arguments,
                        decide_subject_request);
  step->add_option("id", arguments->id, "Of the request")->required();
  step->add_option("decision", arguments->decision, "answered, refused or neither")
      ->required()
      ->check(CLI::IsMember({"answered", "refused", "neither"}));
  step->add_option("--words", arguments->words, "To the keeper")->required();
  step->add_option("--give", arguments->gives,
                   "reads, alerts, entries, held (for a case, past their time): what the answer is "
                   "about. Whether there is any of the others is neither confirmed nor denied")
      ->check(CLI::IsMember({"reads", "alerts", "entries", "held"}));
  step->add_option("--unsaid", arguments->unsaid, "The ground of that (DPA 2018 s.45(4))")
      ->check(CLI::IsMember({"inquiry", "crime", "public_security", "national_security", "others"}))
      ->capture_default_str();
  step->add_option("--keep-back", arguments->kept_back,
                   "FROM/UNTIL/GROUND/REASON, then which parts, then \"told\" if the keeper may "
                   "hear of it; once for each");
  step->add_option("--out", arguments->out, "Where the answer goes, instead of here");
}

}  // namespace

void add_subjects(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("subjects", "What keepers of vehicles asked of us (dpo)");
  group->require_subcommand(1);
  group->add_subcommand("list", "Which requests there are, and when each is due")
      ->callback([&typed] { typed.command = list_subject_requests; });
  add_receive(*group, typed);
  const auto arguments = keep<SubjectArguments>();
  add_step(*group, typed, "see", "See what is held that it is about", arguments,
           see_subject_request)
      ->add_option("id", arguments->id, "Of the request")
      ->required();
  auto* extend =
      add_step(*group, typed, "extend", "Take two months more", arguments, extend_subject_request);
  extend->add_option("id", arguments->id, "Of the request")->required();
  extend->add_option("--words", arguments->words, "Why it takes longer")->required();
  auto* erase = add_step(*group, typed, "erase", "Erase single sightings before their time",
                         arguments, erase_for_subject);
  erase->add_option("id", arguments->id, "Of the request")->required();
  erase->add_option("sightings", arguments->sightings, "Which, as see shows them")->required();
  add_decide(*group, typed);
}

}  // namespace regmark::cli
