// Commands about organisations: each is one call of the office's API.
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

json about_of(const OrganisationArguments& arguments) {
  return {{"kind", arguments.kind}, {"name", arguments.name}, {"parent", arguments.parent}};
}

using Command = int (*)(const OrganisationArguments&);

void add_command(CLI::App& group, Typed& typed, const char* word, const char* what, Command run) {
  auto* command = group.add_subcommand(word, what);
  const auto arguments = keep<OrganisationArguments>();
  command->add_option("id", arguments->id)->required();
  command->add_option("--name", arguments->name, "As people call it")->required();
  command->add_option("--kind", arguments->kind, "partner, force, region, national")
      ->capture_default_str()
      ->check(CLI::IsMember({"partner", "force", "region", "national"}));
  command->add_option("--part-of", arguments->parent, "One of a higher kind; none: of nothing");
  command->callback(
      [&typed, arguments, run] { typed.command = [arguments, run] { return run(*arguments); }; });
}

}  // namespace

int add_organisation(const OrganisationArguments& arguments) {
  auto body = about_of(arguments);
  body["id"] = arguments.id;
  return done_or_failed(post("/v1/organisations", body), "Added " + arguments.id + ".");
}

int change_organisation(const OrganisationArguments& arguments) {
  return done_or_failed(post("/v1/organisations/" + arguments.id, about_of(arguments)),
                        "Changed " + arguments.id + ".");
}

int close_organisation(const std::string& id) {
  return done_or_failed(post("/v1/organisations/" + id + "/close", json::object()),
                        "Closed " + id + ": nobody can belong to it from now on.");
}

int list_organisations() {
  return print_list("/v1/organisations", "organisations",
                    {"id", "kind", "name", "parent", "people", "taken_over", "since", "until"});
}

void add_organisation(CLI::App& app, Typed& typed) {
  auto* group =
      app.add_subcommand("org", "Organisations, and which is part of which (administrator)");
  group->require_subcommand(1);
  add_command(*group, typed, "add", "Add one: people can belong to it from now on",
              cli::add_organisation);
  add_command(*group, typed, "change", "Say anew what it is, and part of what",
              change_organisation);
  group->add_subcommand("list", "Those there are, and were")->callback([&typed] {
    typed.command = list_organisations;
  });
  auto* close = group->add_subcommand("close", "Close one that nobody belongs to");
  const auto id = keep<std::string>();
  close->add_option("id", *id)->required();
  close->callback([&typed, id] { typed.command = [id] { return close_organisation(*id); }; });
}

}  // namespace regmark::cli
