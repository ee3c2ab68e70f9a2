#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

// Which of the two kinds of place, and why somebody asks.
void add_which(CLI::App& command, CovertArguments& arguments) {
  command.add_option("what", arguments.what, "sites or deployments")
      ->required()
      ->check(CLI::IsMember({"sites", "deployments"}));
}

void add_what_stops(CLI::App& command, CovertArguments& arguments) {
  command.add_option("what", arguments.what, "sites, deployments or cameras")
      ->required()
      ->check(CLI::IsMember({"sites", "deployments", "cameras"}));
}

void add_why(CLI::App& command, CovertArguments& arguments) {
  command.add_option("--why", arguments.why, "Why you ask: it is on record")->required();
}

CLI::App* add_one(CLI::App& group, Typed& typed, const char* name, const char* what,
                  const std::shared_ptr<CovertArguments>& arguments,
                  int (*run)(const CovertArguments&)) {
  auto* command = group.add_subcommand(name, what);
  add_why(*command, *arguments);
  command->callback(
      [&typed, arguments, run] { typed.command = [arguments, run] { return run(*arguments); }; });
  return command;
}

// What its cameras keep beside their token.
void add_covert_cameras(CLI::App& group, Typed& typed) {
  const auto written = keep<CovertArguments>();
  add_book_entry(
      *add_one(group, typed, "book", "Write down a fault, a test or a complaint of a camera",
               written, write_covert_book),
      written->entry);
  const auto of_camera = [&](const char* name, const char* what,
                             int (*run)(const CovertArguments&)) {
    const auto arguments = keep<CovertArguments>();
    auto* command = add_one(group, typed, name, what, arguments, run);
    command->add_option("camera", arguments->id)->required();
    return std::pair(command, arguments);
  };
  of_camera("books", "Faults, tests and complaints of a camera", show_covert_book);
  const auto [key, with_key] =
      of_camera("key", "Register the key that signs a camera's requests", set_covert_key);
  key->add_option("--key-file", with_key->key_file, "Its file; made when it is missing")
      ->required();
  const auto [certificate, with_print] =
      of_camera("certificate", "Register a camera's certificate for TLS", set_covert_certificate);
  certificate
      ->add_option("--fingerprint", with_print->fingerprint,
                   "As openssl x509 -fingerprint -sha256 shows it")
      ->required();
  const auto [token, renewed] =
      of_camera("token", "A new token for a camera; the old one is void", renew_covert_token);
  token->add_option("--token-file", renewed->token_file, "Where it goes; shown this once")
      ->required();
  of_camera("remove-credentials", "Key and certificate of a camera count no more",
            remove_covert_credentials);
}

}  // namespace

void add_covert(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand(
      "covert",
      "What is kept apart, for those whom the policy names: covert deployments, and "
      "sites under an authority by statute");
  group->require_subcommand(1);
  const auto listed = keep<CovertArguments>();
  add_one(*group, typed, "list", "Everything that is kept apart", listed, show_covert);
  const auto filed = keep<CovertArguments>();
  auto* file = add_one(*group, typed, "file", "Every step and paper of one, as JSON", filed,
                       show_covert_file);
  add_which(*file, *filed);
  file->add_option("id", filed->id)->required();
  file->add_option("--on", filed->on, "As it stood at the end of that day, 2026-01-31");
  const auto proposed = keep<CovertArguments>();
  auto* propose =
      add_one(*group, typed, "propose", "Propose one; it ends by itself", proposed, propose_covert);
  add_which(*propose, *proposed);
  propose->add_option("--name", proposed->name)->required();
  propose->add_option("--need", proposed->need, "And the authority")->required();
  propose->add_option("--category", proposed->category)->capture_default_str();
  propose->add_option("--review", proposed->review, "Last day, 2027-01-31")->required();
  propose->add_option("--latitude", proposed->latitude)->required();
  propose->add_option("--longitude", proposed->longitude)->required();
  propose->add_option("--radius", proposed->radius_m, "Of a deployment, in metres");
  propose->add_option("--from", proposed->from, "Of a deployment, 2026-01-31T08:00:00Z");
  propose->add_option("--until", proposed->until, "Of a deployment");
  const auto approved = keep<CovertArguments>();
  auto* approve =
      add_one(*group, typed, "approve", "Approve it (not by its author)", approved, approve_covert);
  add_which(*approve, *approved);
  approve->add_option("id", approved->id)->required();
  const auto stopped = keep<CovertArguments>();
  auto* stop = add_one(*group, typed, "stop", "Stop it", stopped, stop_covert);
  add_what_stops(*stop, *stopped);
  stop->add_option("id", stopped->id)->required();
  stop->add_option("--reason", stopped->reason)->required();
  const auto added = keep<CovertArguments>();
  auto* add = add_one(*group, typed, "camera", "Install a camera", added, add_covert_camera);
  add_which(*add, *added);
  add->add_option("id", added->id, "Of the site or deployment")->required();
  add->add_option("--name", added->name)->required();
  add->add_option("--token-file", added->token_file, "Where its token goes; shown this once")
      ->required();
  add_covert_cameras(*group, typed);
}

}  // namespace regmark::cli
