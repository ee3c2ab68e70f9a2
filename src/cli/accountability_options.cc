#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

template <typename Arguments>
void add_files(CLI::App& command, const std::shared_ptr<Arguments>& arguments) {
  command.add_option("--pdf", arguments->pdf, "Write it there, on paper");
  command.add_option("--page", arguments->page, "Write it there, as an HTML page");
}

void add_print(CLI::App& group, Typed& typed) {
  auto* print = group.add_subcommand(
      "print", "Print a paper of a site's file, such as its impact assessment");
  const auto arguments = keep<PrintArguments>();
  print->add_option("site", arguments->site)->required();
  print->add_option("form", arguments->form, "Such as impact; `form` lists them")->required();
  add_files(*print, arguments);
  print->add_option("--json", arguments->json, "Write it there as a paper, for other programs");
  print->add_option("--on", arguments->day, "As it stood at the end of that day");
  print->callback(
      [&typed, arguments] { typed.command = [arguments] { return print_paper(*arguments); }; });
}

void add_public(CLI::App& group, Typed& typed) {
  auto* check = group.add_subcommand(
      "public",
      "The public version of an impact assessment, to be checked; status 3 while it tells a place");
  const auto arguments = keep<PublicImpactArguments>();
  check->add_option("site", arguments->site)->required();
  check->add_option("--strikes", arguments->strikes, "What to strike out besides (JSON)")
      ->check(CLI::ExistingFile);
  check->add_option("--keep", arguments->keep,
                    "Keep it as checked: the number that the check gave you");
  check->callback([&typed, arguments] {
    typed.command = [arguments] { return check_public_impact(*arguments); };
  });
  auto* drafts = group.add_subcommand(
      "public-drafts", "The public versions of a site that were kept: drafts, not for release");
  const auto which = keep<PublicDraftArguments>();
  drafts->add_option("site", which->site)->required();
  drafts->add_option("number", which->number, "Without it: which there are");
  add_files(*drafts, which);
  drafts->callback(
      [&typed, which] { typed.command = [which] { return show_public_drafts(*which); }; });
}

void add_self(CLI::App& group, Typed& typed) {
  auto* self = group.add_subcommand(
      "self", "The force's assessment of itself against the surveillance camera code");
  self->require_subcommand(1);
  auto* begin = self->add_subcommand("begin", "The form with what is on record, as JSON");
  const auto out = keep<std::filesystem::path>();
  begin->add_option("--out", *out, "Into this file");
  begin->callback([&typed, out] { typed.command = [out] { return begin_self_assessment(*out); }; });
  auto* file = self->add_subcommand("file", "Controller: file it, whole and for good");
  const auto paper = keep<std::filesystem::path>();
  file->add_option("paper", *paper)->required()->check(CLI::ExistingFile);
  file->callback(
      [&typed, paper] { typed.command = [paper] { return file_self_assessment(*paper); }; });
  auto* list = self->add_subcommand("list", "Those that were filed");
  const auto json = keep<bool>();
  list->add_flag("--json", *json, "Whole, as JSON");
  list->callback(
      [&typed, json] { typed.command = [json] { return list_self_assessments(*json); }; });
}

void add_effectiveness(CLI::App& group, Typed& typed) {
  auto* show = group.add_subcommand("effectiveness",
                                    "What the cameras did against crime: a draft, not for release");
  const auto arguments = keep<EffectivenessArguments>();
  show->add_option("--from", arguments->from, "First day of a quarter, 2026-01-01")->required();
  show->add_option("--until", arguments->until, "Last day of a quarter that is over, 2026-12-31")
      ->required();
  add_files(*show, arguments);
  show->add_flag("--json", arguments->json, "As JSON, for programs");
  show->callback([&typed, arguments] {
    typed.command = [arguments] { return show_effectiveness(*arguments); };
  });
  auto* example = group.add_subcommand(
      "example", "What the cameras were good for: one person writes it, another approves it");
  example->require_subcommand(1);
  auto* write = example->add_subcommand("write", "Write one: no place, no vehicle, nobody");
  const auto words = keep<std::string>();
  write->add_option("words", *words)->required();
  write->callback([&typed, words] { typed.command = [words] { return write_example(*words); }; });
  auto* approve = example->add_subcommand("approve", "Approve what somebody else wrote");
  const auto number = keep<std::uint64_t>();
  approve->add_option("number", *number)->required();
  approve->callback(
      [&typed, number] { typed.command = [number] { return approve_example(*number); }; });
  example->add_subcommand("list", "All of them")->callback([&typed] {
    typed.command = list_examples;
  });
}

void add_surroundings(CLI::App& group, Typed& typed) {
  auto* take = group.add_subcommand(
      "surroundings", "Take in what others publish about places: people, traffic, roads, crime");
  const auto arguments = keep<SurroundingsArguments>();
  auto* kind = take->add_option("kind", arguments->kind, "Without it: what was taken in");
  kind->check(CLI::IsMember({"population", "traffic", "roads", "settlements", "crime", "points"}));
  auto* file = take->add_option("file", arguments->file,
                                "See docs/formats/surroundings_csv.md; of roads GeoJSON or OSM");
  file->check(CLI::ExistingFile);
  auto* source = take->add_option("--source", arguments->source, "Whose data, and which");
  auto* day = take->add_option("--day", arguments->day, "That they speak of, 2025-12-31");
  kind->needs(file)->needs(source)->needs(day);
  take->callback([&typed, arguments] {
    typed.command = [arguments] {
      return arguments->kind.empty() ? list_surroundings() : take_in_surroundings(*arguments);
    };
  });
}

void add_figures(CLI::App& group, Typed& typed) {
  auto* show = group.add_subcommand(
      "figures", "Figures for the impact of a site, each with its source; crime near it");
  const auto site = keep<std::string>();
  show->add_option("site", *site)->required();
  show->callback([&typed, site] { typed.command = [site] { return show_site_figures(*site); }; });
}

}  // namespace

void add_accountability(CLI::App& group, Typed& typed) {
  add_print(group, typed);
  add_public(group, typed);
  add_self(group, typed);
  add_effectiveness(group, typed);
  add_surroundings(group, typed);
  add_figures(group, typed);
}

}  // namespace regmark::cli
