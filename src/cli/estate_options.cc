#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

constexpr std::int64_t pounds_max = 1'000'000'000'000;  // what the office takes
constexpr int versions_max = 1'000'000;

void add_register(CLI::App& group, Typed& typed) {
  auto* ask = group.add_subcommand(
      "register", "Ask the register of cameras; the answer is a draft, not for release");
  const auto arguments = keep<RegisterArguments>();
  const auto camera = keep<std::string>();
  ask->add_option("question", arguments->question,
                  "standing (at the end of --until), installed, removed, costs, grounds, reviews, "
                  "impact_published; or camera, and its id: what is held of it")
      ->required()
      ->check(CLI::IsMember({"standing", "installed", "removed", "costs", "grounds", "reviews",
                             "impact_published", "camera"}));
  ask->add_option("id", *camera, "Of a camera");
  ask->add_option("--from", arguments->from, "First day, 2020-03-26 (default: from the beginning)");
  auto* until = ask->add_option("--until", arguments->until, "Last day, 2021-06-07");
  ask->add_option("--known", arguments->known, "As the register stood at the end of that day");
  ask->add_flag("--json", arguments->json, "As JSON, for programs");
  ask->callback([&typed, arguments, camera, until] {
    if (arguments->question == "camera") {
      if (camera->empty()) throw CLI::RequiredError("id");
      typed.command = [arguments, camera] {
        return show_registered_camera(*camera, arguments->known);
      };
      return;
    }
    if (!camera->empty()) throw CLI::ExtrasError({*camera});
    if (until->count() == 0) throw CLI::RequiredError("--until");
    typed.command = [arguments] { return ask_register(*arguments); };
  });
  auto* take = group.add_subcommand(
      "import", "Take in a register that was kept elsewhere (CSV): all of it or nothing");
  const auto file = keep<std::filesystem::path>();
  take->add_option("file", *file)->required()->check(CLI::ExistingFile);
  take->callback([&typed, file] { typed.command = [file] { return import_register(*file); }; });
}

void add_costs(CLI::App& group, Typed& typed) {
  auto* cost = group.add_subcommand("cost", "What cameras cost, by year and kind");
  cost->require_subcommand(1);
  auto* add =
      cost->add_subcommand("add", "Write down one cost of a year; `register costs` adds up");
  const auto arguments = keep<CostArguments>();
  add->add_option("--year", arguments->year, "2026")->required();
  add->add_option("--kind", arguments->kind)
      ->required()
      ->check(CLI::IsMember({"purchase", "installation", "running", "removal", "other"}));
  auto* pounds = add->add_option("--pounds", arguments->pounds, "Without it: not recorded")
                     ->check(CLI::Range(std::int64_t{0}, pounds_max));
  add->add_flag("--about", arguments->about, "The pounds are about right")->needs(pounds);
  add->add_flag("--another", arguments->another, "Though the same cost of that year is on record");
  add->callback(
      [&typed, arguments] { typed.command = [arguments] { return add_cost(*arguments); }; });
}

void add_reading(CLI::App& group, Typed& typed) {
  group.add_subcommand("reviews", "Live sites by when their review is due")->callback([&typed] {
    typed.command = show_reviews;
  });
  auto* stopping = group.add_subcommand(
      "would-stop", "Dry run: cameras that stop by a day if nobody does anything");
  const auto day = keep<std::string>();
  stopping->add_option("--on", *day, "2027-01-31")->required();
  stopping->callback([&typed, day] { typed.command = [day] { return show_would_stop(*day); }; });
  auto* form = group.add_subcommand("form", "A form to fill in, as JSON; without an id, which");
  const auto id = keep<std::string>();
  form->add_option("id", *id, "Such as pressing_need, impact, review");
  form->callback([&typed, id] { typed.command = [id] { return show_form(*id); }; });
  auto* file = group.add_subcommand("file", "Every step and paper of a site, as JSON");
  const auto site = keep<std::string>();
  const auto on = keep<std::string>();
  file->add_option("site", *site)->required();
  file->add_option("--on", *on, "As it stood at the end of that day");
  file->callback(
      [&typed, site, on] { typed.command = [site, on] { return show_site_file(*site, *on); }; });
}

void add_site_evidence(CLI::App& group, Typed& typed) {
  auto* evidence = group.add_subcommand(
      "evidence", "Hand in a file that papers may name; prints its SHA-256. Or get one out");
  const auto path = keep<std::filesystem::path>();
  auto* file = evidence->add_option("file", *path)->check(CLI::ExistingFile);
  auto* get = evidence->add_subcommand("get", "A file that was handed in, as it was");
  const auto wanted = keep<EvidenceFileArguments>();
  get->add_option("sha256", wanted->sha256, "As the paper names it")->required();
  get->add_option("--out", wanted->out, "Into this file")->required();
  get->callback(
      [&typed, wanted] { typed.command = [wanted] { return get_site_evidence(*wanted); }; });
  evidence->callback([&typed, path, file, get] {
    if (get->parsed()) return;
    if (file->empty()) throw CLI::RequiredError("file");
    typed.command = [path] { return hand_in_evidence(*path); };
  });
}

enum class Wants { nothing, paper, reason };

// One step of a site's life: `word` is the end of the route.
void add_step(CLI::App& group, Typed& typed, const char* name, const char* word, const char* what,
              Wants wants) {
  auto* command = group.add_subcommand(name, what);
  const auto arguments = keep<SiteStepArguments>();
  arguments->word = word;
  command->add_option("site", arguments->site)->required();
  if (wants == Wants::paper) {
    command->add_option("paper", arguments->paper, "The form, filled in (JSON): see `form`")
        ->required()
        ->check(CLI::ExistingFile);
  }
  if (wants == Wants::reason) {
    command->add_option("--reason", arguments->reason, "In words")->required();
  }
  if (std::string_view(word) == "begin" || std::string_view(word) == "reviews") {
    command->add_option("--review", arguments->day, "Day of the next review, 2027-01-31")
        ->required();
  }
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return take_site_step(*arguments); }; });
}

void add_steps(CLI::App& group, Typed& typed) {
  add_step(group, typed, "paper", "papers", "Write a paper into a site's file; says what it lacks",
           Wants::paper);
  add_step(group, typed, "assess", "assess", "Second manager: find the assessment whole",
           Wants::nothing);
  add_step(group, typed, "decide", "decide", "Controller: decide, with reasons", Wants::paper);
  add_step(group, typed, "commission", "commission", "Say that it is tested and signed",
           Wants::paper);
  add_step(group, typed, "begin", "begin", "Let its cameras collect", Wants::nothing);
  add_step(group, typed, "review", "reviews", "The yearly review: what follows, follows from it",
           Wants::paper);
  add_step(group, typed, "full-path", "full-path", "Assess a short site that is to stay",
           Wants::reason);
  add_step(group, typed, "withdraw", "withdraw", "Withdraw a proposal", Wants::reason);
  add_step(group, typed, "decommission", "decommission", "Say that a stopped site was taken down",
           Wants::paper);
}

void add_matrix(CLI::App& group, Typed& typed) {
  auto* matrix = group.add_subcommand("matrix", "The deployment assessment matrix");
  matrix->require_subcommand(1);
  auto* show = matrix->add_subcommand("show", "The one in force, and why");
  const auto on = keep<std::string>();
  const auto version = keep<std::string>();
  show->add_option("--on", *on, "As it was at the end of that day, 2026-01-31");
  show->add_option("--version", *version, "The first, the second, ...")
      ->check(CLI::Range(1, versions_max));
  show->callback([&typed, on, version] {
    typed.command = [on, version] { return show_matrix(*on, *version); };
  });
  matrix->add_subcommand("example", "One to start from; nobody has decided it")->callback([&typed] {
    typed.command = show_example_matrix;
  });
  auto* set = matrix->add_subcommand("set", "Controller: set it, every cell (TOML)");
  const auto arguments = keep<MatrixArguments>();
  set->add_option("file", arguments->file)->required()->check(CLI::ExistingFile);
  set->add_option("--reasons", arguments->reasons, "In words")->required();
  set->callback(
      [&typed, arguments] { typed.command = [arguments] { return set_matrix(*arguments); }; });
}

}  // namespace

void add_estate(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand(
      "estate", "Why each camera stands: assessments, reviews, the register, plans");
  group->require_subcommand(1);
  add_register(*group, typed);
  add_costs(*group, typed);
  add_reading(*group, typed);
  add_due(*group, typed);
  add_site_evidence(*group, typed);
  add_steps(*group, typed);
  add_camera_books(*group, typed);
  add_matrix(*group, typed);
  add_plan(*group, typed);
  add_accountability(*group, typed);
  auto* made_up = app.add_subcommand(
      "demo-estate", "A made-up force's register with ten years of history, as CSV to import");
  const auto arguments = keep<DemoEstateArguments>();
  made_up->add_option("--cameras", arguments->cameras)->capture_default_str();
  made_up->add_option("--seed", arguments->seed, "The same gives the same force")
      ->capture_default_str();
  auto* serve = made_up->add_flag("--serve", arguments->serve,
                                  "Instead: an office with it on this machine, its people, sites "
                                  "at every stage of life, and the console, until Ctrl-C");
  made_up->add_option("--data", arguments->data, "Keep that office's folder here")->needs(serve);
  made_up->callback([&typed, arguments] {
    typed.command = [arguments] {
      return demo_estate(*arguments, std::filesystem::read_symlink("/proc/self/exe"));
    };
  });
}

}  // namespace regmark::cli
