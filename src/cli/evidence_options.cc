#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

void add_export(CLI::App& group, Typed& typed) {
  auto* command = group.add_subcommand("export", "Write what is found to one file for a court");
  const auto arguments = keep<EvidenceArguments>();
  add_question(*command, arguments->question);
  add_authority_used(*command, arguments->question);
  command->add_option("--statement", arguments->statement, "In your own words, to go with it");
  command->add_option("--hold", arguments->hold,
                      "Of what is held as this, of any age, for its own case");
  command->add_option("--out", arguments->out, "The file to write: it must not exist")->required();
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return export_evidence(*arguments); }; });
}

void add_verify(CLI::App& group, Typed& typed) {
  auto* command =
      group.add_subcommand("verify", "Check such a file, with nothing but the office's public key");
  const auto arguments = keep<VerifyEvidenceArguments>();
  command->add_option("file", arguments->file)->required()->check(CLI::ExistingFile);
  command
      ->add_option("--key", arguments->key,
                   "The office's key file, audit.vkey, as it publishes it; without it the file's "
                   "own key is taken, and shown")
      ->check(CLI::ExistingFile);
  command
      ->add_option("--witness", arguments->witnesses,
                   "Key file of a witness that must have signed; may be repeated")
      ->allow_extra_args(false)
      ->check(CLI::ExistingFile);
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return verify_evidence(*arguments); }; });
}

}  // namespace

void add_evidence(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("evidence", "Reads for a court, in a file that anybody checks");
  group->require_subcommand(1);
  add_export(*group, typed);
  add_verify(*group, typed);
}

}  // namespace regmark::cli
