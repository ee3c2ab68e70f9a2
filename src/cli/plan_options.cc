#include <filesystem>

#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {

namespace {

constexpr int plans_max = 100'000;  // the office keeps no more

}  // namespace

void add_plan(CLI::App& group, Typed& typed) {
  auto* plan = group.add_subcommand(
      "plan", "Gaps, duplication and the fewest cameras; status 3 where the cover cannot be met");
  const auto arguments = keep<PlanArguments>();
  plan->add_option("file", arguments->file, "What is to be planned (JSON, docs/formats/plan.md)")
      ->required()
      ->check(CLI::ExistingFile);
  plan->add_option("--network", arguments->network,
                   "Roads, as GeoJSON or OSM XML (default: as the file says)")
      ->check(CLI::ExistingFile);
  plan->add_option("--out", arguments->out,
                   "Write the plan there: *.html is a page with a map, *.json all of it; may be "
                   "repeated")
      ->allow_extra_args(false);
  plan->add_flag("--keep", arguments->keep,
                 "Have the office make it too, with its live sites, and keep it as a record");
  auto* plans = group.add_subcommand(
      "plans", "The plans that were kept as a record; with a number, that one as JSON");
  const auto wanted = keep<KeptPlanArguments>();
  auto* number = plans->add_option("number", wanted->number)->check(CLI::Range(1, plans_max));
  plans->add_option("--out", wanted->out, "Into this file")->needs(number);
  plans
      ->add_option("--sources", wanted->sources,
                   "What it was made from, into this folder: `plan` makes the same of it again")
      ->needs(number);
  plans->callback([&typed, wanted, number] {
    if (number->empty()) {
      typed.command = list_plans;
    } else {
      typed.command = [wanted] { return give_plan(*wanted); };
    }
  });
  plan->callback(
      [&typed, arguments] { typed.command = [arguments] { return plan_estate(*arguments); }; });
}

}  // namespace regmark::cli
