#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

void add_read(CLI::App& group, Typed& typed) {
  auto* read = group.add_subcommand("read", "What was done, by whom and why (auditor)");
  const auto arguments = keep<ReadLogArguments>();
  read->add_option("--reason", arguments->reason, "Why you look: it goes into the log")->required();
  read->add_option("--first", arguments->first, "Record to begin with (default: the newest)")
      ->check(CLI::NonNegativeNumber);
  constexpr int count_max = 1'000;
  read->add_option("--count", arguments->count, "How many records")
      ->check(CLI::Range(1, count_max))
      ->capture_default_str();
  read->add_flag("--json", arguments->json, "With their details, a record a line");
  read->callback(
      [&typed, arguments] { typed.command = [arguments] { return audit_read(*arguments); }; });
}

void add_verify(CLI::App& group, Typed& typed) {
  auto* verify =
      group.add_subcommand("verify", "Check a log folder with nothing but its public key");
  const auto arguments = keep<VerifyArguments>();
  verify->add_option("folder", arguments->folder, "The log's folder: DATA/audit")
      ->required()
      ->check(CLI::ExistingDirectory);
  verify->add_option("--key", arguments->key, "Public key file: DATA/audit.pub")
      ->required()
      ->check(CLI::ExistingFile);
  verify
      ->add_option("--since", arguments->since,
                   "Checkpoint kept from earlier: the log must begin with it; may be repeated")
      ->allow_extra_args(false)
      ->check(CLI::ExistingFile);
  verify
      ->add_option("--witness", arguments->witnesses,
                   "Key file of a witness that must have signed; may be repeated")
      ->allow_extra_args(false)
      ->check(CLI::ExistingFile);
  verify->add_flag("--details", arguments->details,
                   "Also fail when a missing detail is explained by no erasure on record");
  verify->callback(
      [&typed, arguments] { typed.command = [arguments] { return audit_verify(*arguments); }; });
}

void add_count(CLI::App& group, Typed& typed) {
  auto* count = group.add_subcommand("count", "Count what a log says, month by month");
  const auto arguments = keep<CountArguments>();
  count->add_option("folder", arguments->folder, "The log's folder: DATA/audit")
      ->required()
      ->check(CLI::ExistingDirectory);
  count->add_option("--key", arguments->key, "Public key file: DATA/audit.pub")
      ->required()
      ->check(CLI::ExistingFile);
  count->callback(
      [&typed, arguments] { typed.command = [arguments] { return audit_count(*arguments); }; });
}

void add_proofs(CLI::App& group, Typed& typed) {
  auto* prove = group.add_subcommand("prove", "Prove to a stranger that a record is in the log");
  const auto proving = keep<ProveArguments>();
  prove->add_option("number", proving->number, "Of the record")
      ->required()
      ->check(CLI::NonNegativeNumber);
  prove->add_option("folder", proving->folder, "The log's folder: DATA/audit")
      ->required()
      ->check(CLI::ExistingDirectory);
  prove->add_option("--key", proving->key, "Public key file: DATA/audit.pub")
      ->required()
      ->check(CLI::ExistingFile);
  prove->add_option("--out", proving->out, "File for the proof (default: standard output)");
  prove->callback(
      [&typed, proving] { typed.command = [proving] { return audit_prove(*proving); }; });
  auto* check = group.add_subcommand("check-proof", "Check such a proof; needs no log");
  const auto checking = keep<CheckProofArguments>();
  check->add_option("file", checking->file)->required()->check(CLI::ExistingFile);
  check->add_option("--key", checking->key, "The log's public key file")
      ->required()
      ->check(CLI::ExistingFile);
  check
      ->add_option("--witness", checking->witnesses,
                   "Key file of a witness that must have signed; may be repeated")
      ->allow_extra_args(false)
      ->check(CLI::ExistingFile);
  check->callback(
      [&typed, checking] { typed.command = [checking] { return audit_check_proof(*checking); }; });
}

}  // namespace

void add_audit(CLI::App& app, Typed& typed) {
  auto* group = app.add_subcommand("audit", "The audit log");
  group->require_subcommand(1);
  add_read(*group, typed);
  add_verify(*group, typed);
  add_count(*group, typed);
  add_proofs(*group, typed);
}

}  // namespace regmark::cli
