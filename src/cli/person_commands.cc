// Commands about somebody who may sign in: each is one call of the office's API.
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/print.h"
#include "cli/security_key_commands.h"

namespace regmark::cli {

using nlohmann::json;

namespace {

// `word` is the end of the route.
Result<json> change(const std::string& sign_in_name, const std::string& word, const json& body) {
  REGMARK_ASSIGN(const auto client, load_session());
  REGMARK_ASSIGN(const auto person, person_named(client, sign_in_name));
  return client.post("/v1/people/" + cell(person, "id") + "/" + word, body);
}

struct NewPerson {
  std::string name, display_name, organisation = "office", rank;
  std::vector<std::string> roles;
};

struct PersonChange {
  std::string name;  // to sign in with
  std::string organisation, rank, line;
  std::vector<std::string> roles, training;
};

int add(const NewPerson& arguments) {
  const auto answer = post("/v1/people", {{"sign_in_name", arguments.name},
                                          {"display_name", arguments.display_name},
                                          {"organisation", arguments.organisation},
                                          {"roles", arguments.roles},
                                          {"rank", arguments.rank}});
  if (!answer) return say_failure(answer.error());
  std::cout << "Added " << arguments.name
            << ". One-time code, for 24 hours: " << cell(*answer, "code") << "\n";
  return 0;
}

int list() {
  return print_list(
      "/v1/people", "people",
      {"id", "sign_in_name", "display_name", "organisation", "rank", "roles", "active"});
}

int move(const PersonChange& to) {
  return done_or_failed(
      change(to.name, "organisation", {{"organisation", to.organisation}}),
      to.name + " belongs to " + to.organisation + " from now on, and is signed out.");
}

int set_roles(const PersonChange& to) {
  return done_or_failed(change(to.name, "roles", {{"roles", to.roles}}),
                        to.name + " has these roles and no others.");
}

int set_standing(const PersonChange& to) {
  json training = json::array();
  for (const auto& one : to.training) {
    const auto equals = one.find('=');
    if (equals == std::string::npos) {
      return say_failure({ErrorCode::invalid_input, "'" + one + "' is not COURSE=UNTIL"});
    }
    training.push_back({{"course", one.substr(0, equals)}, {"until", one.substr(equals + 1)}});
  }
  return done_or_failed(change(to.name, "standing", {{"rank", to.rank}, {"training", training}}),
                        to.name + " has this rank and these courses, and no others.");
}

int set_line(const PersonChange& to) {
  return done_or_failed(change(to.name, "line", {{"line", to.line}}),
                        "Nobody of that team reviews what " + to.name + " searches.");
}

int end(const PersonChange& of) {
  return done_or_failed(change(of.name, "deactivate", json::object()),
                        of.name + " can sign in no more, and is signed out.");
}

int reset(const PersonChange& of) {
  const auto answer = change(of.name, "reset", json::object());
  if (!answer) return say_failure(answer.error());
  std::cout << "The old password works no more. One-time code, for 24 hours: "
            << cell(*answer, "code") << "\n";
  return 0;
}

int remove_second_factor(const PersonChange& of) {
  return done_or_failed(change(of.name, "second-factor/remove", json::object()),
                        "Removed: they sign in with their password, and set up another.");
}

using Command = int (*)(const PersonChange&);

std::pair<CLI::App*, std::shared_ptr<PersonChange>> add_change(CLI::App& group, Typed& typed,
                                                               const char* word, const char* what,
                                                               Command run) {
  auto* command = group.add_subcommand(word, what);
  const auto arguments = keep<PersonChange>();
  command->add_option("name", arguments->name, "Sign-in name")->required();
  command->callback(
      [&typed, arguments, run] { typed.command = [arguments, run] { return run(*arguments); }; });
  return {command, arguments};
}

void add_add(CLI::App& group, Typed& typed) {
  auto* command = group.add_subcommand("add", "Add a person; prints their one-time code");
  const auto arguments = keep<NewPerson>();
  command->add_option("name", arguments->name, "Sign-in name")->required();
  command->add_option("--display-name", arguments->display_name, "As others see it")->required();
  command->add_option("--organisation", arguments->organisation, "Id")->capture_default_str();
  command
      ->add_option("--role", arguments->roles,
                   "operator, investigator, list_owner, anpr_manager, ...")
      ->required();
  command->add_option("--rank", arguments->rank, "A word of the policy's, such as inspector");
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return add(*arguments); }; });
}

}  // namespace

void add_person(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("person", "People (administrator), and your own security keys");
  group->require_subcommand(1);
  add_add(*group, typed);
  group->add_subcommand("list", "Who there is")->callback([&typed] { typed.command = list; });
  const auto change = [&](const char* word, const char* what, Command run) {
    return add_change(*group, typed, word, what, run);
  };
  const auto [to_move, place] =
      change("move", "To another organisation; they are signed out", move);
  to_move->add_option("--to", place->organisation, "Id of the organisation")->required();
  const auto [to_give, given] = change("roles", "Give exactly these roles", set_roles);
  to_give->add_option("--role", given->roles, "One or more")->required();
  const auto [to_rank, ranked] =
      change("standing", "Give exactly this rank, and these courses passed", set_standing);
  to_rank->add_option("--rank", ranked->rank, "A word of the policy's; none: below every rank");
  to_rank->add_option("--training", ranked->training,
                      "COURSE=UNTIL, such as anpr_search=2027-01-01T00:00:00Z");
  const auto [to_line, lined] =
      change("line", "Say which team they are of: nobody of it reviews them", set_line);
  to_line->add_option("--team", lined->line, "Its name; none: of no team")->required();
  change("end", "End their access, and their sessions", end);
  change("reset", "They forgot their password: prints a new one-time code", reset);
  change("remove-second-factor", "They lost it: they sign in without, and set up another",
         remove_second_factor);
  add_security_keys(*group, typed);
}

}  // namespace regmark::cli
