#include <filesystem>

#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

void add_kept(CLI::App& group, Typed& typed) {
  group.add_subcommand("list", "Every policy that was in force at the office")->callback([&typed] {
    typed.command = list_policies;
  });
  const auto version = keep<std::string>();
  auto* show = group.add_subcommand("show", "The policy in force at the office, as a text");
  show->add_option("--version", *version, "An earlier one, as a record of the log names it");
  show->callback(
      [&typed, version] { typed.command = [version] { return show_policy(*version); }; });
}

}  // namespace

void add_policy(CLI::App& app, Typed& typed) {
  auto* group =
      app.add_subcommand("policy", "Who may ask what: check, explain, test and show the rules");
  group->require_subcommand(1);
  const auto file = keep<std::filesystem::path>();
  auto* check = group->add_subcommand("check", "Whether a policy file holds together");
  check->add_option("file", *file, "The policy (TOML)")->required()->check(CLI::ExistingFile);
  check->callback([&typed, file] { typed.command = [file] { return check_policy(*file); }; });

  const auto request = keep<std::filesystem::path>();
  const auto policy = keep<std::filesystem::path>();
  auto* explain = group->add_subcommand("explain", "Which rules decide a request, and why");
  explain->add_option("request", *request, "The request (JSON)")
      ->required()
      ->check(CLI::ExistingFile);
  explain->add_option("--policy", *policy, "Policy file (default: the one built in)")
      ->check(CLI::ExistingFile);
  explain->callback([&typed, request, policy] {
    typed.command = [request, policy] { return explain_request(*request, *policy); };
  });

  const auto folder = keep<std::filesystem::path>();
  auto* test =
      group->add_subcommand("test", "Try tables of requests and the answers they should get");
  test->add_option("folder", *folder, "Holds *.json, and policy.toml unless it is the one built in")
      ->required()
      ->check(CLI::ExistingDirectory);
  test->callback([&typed, folder] { typed.command = [folder] { return test_policy(*folder); }; });
  add_kept(*group, typed);
}

}  // namespace regmark::cli
