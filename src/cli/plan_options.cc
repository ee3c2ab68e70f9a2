#include <filesystem>

#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {

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
  group.add_subcommand("plans", "The plans that were kept as a record")->callback([&typed] {
    typed.command = list_plans;
  });
  plan->callback(
      [&typed, arguments] { typed.command = [arguments] { return plan_estate(*arguments); }; });
}

}  // namespace regmark::cli
