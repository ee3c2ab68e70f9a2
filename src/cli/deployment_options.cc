#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

using Arguments = std::shared_ptr<DeploymentArguments>;

CLI::App* add_one(CLI::App& group, Typed& typed, const char* name, const char* what,
                  const Arguments& arguments, int (*run)(const DeploymentArguments&)) {
  auto* command = group.add_subcommand(name, what);
  command->add_option("id", arguments->id, "Of the deployment")->required();
  command->callback(
      [&typed, arguments, run] { typed.command = [arguments, run] { return run(*arguments); }; });
  return command;
}

void add_grounds(CLI::App& command, DeploymentArguments& arguments) {
  command.add_option("--need", arguments.need, "Why cameras are needed there")->required();
  command.add_option("--category", arguments.category, "Strategic category")->required();
  command.add_option("--review", arguments.review, "Day of its next review, 2027-01-31")
      ->required();
  command.add_option("--until", arguments.until, "It ends by itself, 2026-03-31T18:00:00Z")
      ->required();
}

void add_propose(CLI::App& group, Typed& typed) {
  const auto arguments = keep<DeploymentArguments>();
  auto* propose = add_one(group, typed, "propose", "Propose one: area, dates and need", arguments,
                          propose_deployment);
  propose->add_option("--name", arguments->name)->required();
  propose->add_option("--latitude", arguments->latitude, "Of the area's centre")->required();
  propose->add_option("--longitude", arguments->longitude)->required();
  propose->add_option("--radius", arguments->radius_m, "Of the area, in metres")->required();
  propose->add_option("--from", arguments->from, "2026-01-31T08:00:00Z")->required();
  add_grounds(*propose, *arguments);
}

void add_view(CLI::App& group, Typed& typed, const char* name, const char* what,
              const std::vector<std::pair<const char*, const char*>>& fields) {
  auto* command = group.add_subcommand(name, what);
  const auto arguments = keep<CameraViewArguments>();
  arguments->form = std::string("camera_") + name;
  arguments->part = name;
  command->add_option("camera", arguments->camera)->required();
  // All of them before any is pointed to.
  arguments->answers.emplace_back("on", "");
  for (const auto& field : fields) arguments->answers.emplace_back(field.first, "");
  command->add_option("--on", arguments->answers.front().second, "Since which day, 2026-01-31")
      ->required();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    command
        ->add_option(std::string("--") + fields[i].first, arguments->answers[i + 1].second,
                     fields[i].second)
        ->required();
  }
  command->callback([&typed, arguments] {
    typed.command = [arguments] { return write_camera_view(*arguments); };
  });
}

}  // namespace

void add_deployment(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand(
      "deployment", "Deployments of mobile cameras: an area, dates, a need; each ends by itself");
  group->require_subcommand(1);
  add_propose(*group, typed);
  add_one(*group, typed, "approve", "Approve it (not by its author)", keep<DeploymentArguments>(),
          approve_deployment);
  const auto longer = keep<DeploymentArguments>();
  add_grounds(*add_one(*group, typed, "review",
                       "Find it needed for longer (not by its author), inside twelve months",
                       longer, extend_deployment),
              *longer);
  const auto stopped = keep<DeploymentArguments>();
  add_one(*group, typed, "stop", "Stop its cameras' collection", stopped, stop_deployment)
      ->add_option("--reason", stopped->reason)
      ->required();
  const auto written = keep<DeploymentArguments>();
  add_one(*group, typed, "paper", "Write a paper into its file; says what it lacks", written,
          write_deployment_paper)
      ->add_option("paper", written->paper, "The form, filled in (JSON): see `estate form`")
      ->required()
      ->check(CLI::ExistingFile);
  const auto shown = keep<DeploymentArguments>();
  add_one(*group, typed, "show", "Every step and paper of it, as JSON", shown, show_deployment)
      ->add_option("--on", shown->day, "As it stood at the end of that day");
  auto* add = group->add_subcommand("camera", "Install a camera in it");
  const auto added = keep<CameraArguments>();
  add->add_option("id", added->deployment, "Of the deployment")->required();
  add->add_option("camera", added->id, "Its id")->required();
  add_camera_options(*add, added);
  add->callback([&typed, added] { typed.command = [added] { return add_camera(*added); }; });
  group->add_subcommand("list", "All deployments")->callback([&typed] {
    typed.command = list_deployments;
  });
}

void add_camera_options(CLI::App& command, const std::shared_ptr<CameraArguments>& arguments) {
  command.add_option("--name", arguments->name)->required();
  command
      .add_option("--token-file", arguments->token_file, "Where its token goes; shown this once")
      ->required();
  command.add_option("--kind", arguments->kind, "For the register: fixed, movable, shared, ...");
  command.add_option("--owner", arguments->owner, "For the register: whose it is");
  command.add_option("--controller", arguments->controller, "For the register: whose data it is");
}

void add_camera_papers(CLI::App& group, Typed& typed) {
  add_view(group, typed, "lens", "Write down its lens: a dated version",
           {{"lens", "Focal length, and what kind it is"}, {"reach", "How far it reads"}});
  add_view(group, typed, "direction", "Write down which way it looks: a dated version",
           {{"bearing", "Degrees from north, clockwise"}, {"lanes", "Which lanes it reads"}});
  add_view(group, typed, "position", "Write down where it is mounted: a dated version",
           {{"latitude", "Degrees north"},
            {"longitude", "Degrees east"},
            {"mounted", "On what, how high, and how that is known"}});
  const auto camera = keep<std::string>();
  const auto paper = keep<std::filesystem::path>();
  auto* down = group.add_subcommand(
      "take-down", "Say what was done of taking down a stopped camera; says what is left");
  down->add_option("camera", *camera)->required();
  down->add_option("paper", *paper, "`estate form camera_decommissioning`, filled in (JSON)")
      ->required()
      ->check(CLI::ExistingFile);
  down->callback([&typed, camera, paper] {
    typed.command = [camera, paper] { return take_down_camera(*camera, *paper); };
  });
  auto* papers = group.add_subcommand("papers", "Every version of what is written of it, as JSON");
  papers->add_option("camera", *camera)->required();
  papers->callback(
      [&typed, camera] { typed.command = [camera] { return show_camera_papers(*camera); }; });
}

void add_due(CLI::App& group, Typed& typed) {
  auto* due = group.add_subcommand(
      "due", "What is due: reviews, impact assessments, tests, takings down; and who is told");
  const auto as_json = keep<bool>(false);
  due->add_flag("--json", *as_json, "As JSON, for programs");
  due->callback([&typed, as_json] { typed.command = [as_json] { return show_due(*as_json); }; });
  group.add_subcommand("taking-down", "What was stopped, ended or lapsed and still stands")
      ->callback([&typed] { typed.command = show_taking_down; });
}

}  // namespace regmark::cli
