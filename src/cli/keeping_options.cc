#include <filesystem>

#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

void add_days(CLI::App& app, Typed& typed) {
  auto* command = app.add_subcommand(
      "days", "What is kept of each day: until when, held by whom, how much, in which state");
  const auto gone = keep<int>(31);
  constexpr int gone_max = 10'000;
  command->add_option("--gone", *gone, "How many of those that are gone")
      ->capture_default_str()
      ->check(CLI::Range(0, gone_max));
  command->callback([&typed, gone] { typed.command = [gone] { return list_days(*gone); }; });
}

void add_backup(CLI::App& app, Typed& typed) {
  auto* command = app.add_subcommand(
      "backup", "Back up the running office, as its configuration says (administrator)");
  const auto folder = keep<std::filesystem::path>();
  const auto list = keep<bool>(false);
  command->add_option("to", *folder,
                      "One of the folders that [backup] names; otherwise each of them");
  command->add_flag("--list", *list, "Only say which backups there are, and how old they are");
  command->footer(
      "What was dropped is in no backup any more when this is done. To restore one takes the\n"
      "folder, its key ring, and the secret half of the backup key: see `regmark restore`.");
  command->callback([&typed, folder, list] {
    typed.command = [folder, list] { return *list ? list_backups() : back_up(*folder); };
  });
  auto* key = app.add_subcommand("backup-key", "Make the key that opens backups");
  const auto file = keep<std::filesystem::path>();
  key->add_option("file", *file,
                  "Where its secret half goes: keep it away from the office and its backups")
      ->required();
  key->callback([&typed, file] { typed.command = [file] { return make_backup_key(*file); }; });
}

void add_restore(CLI::App& app, Typed& typed) {
  auto* command = app.add_subcommand("restore", "Make a data folder from a backup");
  const auto arguments = keep<RestoreArguments>();
  command->add_option("from", arguments->from, "The backup's folder")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("data", arguments->data, "The data folder: empty, or not there yet")
      ->required();
  command->add_option("--ring", arguments->ring, "The backup's key ring, the newest there is")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("--key", arguments->key, "The secret half of the backup key")
      ->required()
      ->check(CLI::ExistingFile);
  command
      ->add_option("--log-key", arguments->log_key,
                   "audit.pub as you kept it: the backup must be of that office")
      ->check(CLI::ExistingFile);
  command->footer(
      "Everything is opened and the audit log verified before there is a data folder. What the\n"
      "clock says is over is erased when `regmark serve` opens it.");
  command->callback(
      [&typed, arguments] { typed.command = [arguments] { return restore(*arguments); }; });
}

}  // namespace

void add_keeping(CLI::App& app, Typed& typed) {
  add_days(app, typed);
  add_backup(app, typed);
  add_restore(app, typed);
}

}  // namespace regmark::cli
