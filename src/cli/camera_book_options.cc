#include "cli/commands.h"
#include "cli/options.h"

namespace regmark::cli {
namespace {

template <typename Run>
void add_of_site(CLI::App& group, Typed& typed, const char* name, const char* what, Run run) {
  auto* command = group.add_subcommand(name, what);
  const auto site = keep<std::string>();
  command->add_option("site", *site)->required();
  command->callback([&typed, site, run] { typed.command = [site, run] { return run(*site); }; });
}

}  // namespace

void add_book_entry(CLI::App& command, BookArguments& arguments) {
  command.add_option("camera", arguments.camera)->required();
  command.add_option("kind", arguments.kind)
      ->required()
      ->check(CLI::IsMember({"fault", "clock_test", "accuracy_test", "complaint", "location"}));
  command.add_option("--day", arguments.day, "On which it happened, 2026-01-31")->required();
  command.add_option("--words", arguments.words, "What was found: no plate, no person")->required();
  command.add_option("--ended", arguments.ended, "Day on which a fault was mended");
  command.add_option("--passed", arguments.passed, "Of a test: yes or no")
      ->check(CLI::IsMember({"yes", "no"}));
  auto* looked_at = command.add_option("--looked-at", arguments.looked_at, "Vehicles in a test");
  auto* right = command.add_option("--right", arguments.right, "Of these, read right");
  looked_at->needs(right);
  right->needs(looked_at);
  command.add_option("--clock-off", arguments.clock_off_ms, "Milliseconds; ahead is more than 0");
  command.add_option("--replaces", arguments.replaces, "Number of the entry that it stands for");
  command.add_option("--evidence", arguments.evidence, "SHA-256 of files: see `evidence`");
}

void add_camera_books(CLI::App& group, Typed& typed) {
  add_of_site(group, typed, "records", "What the records hold of a site's cameras since its review",
              show_review_evidence);
  add_of_site(group, typed, "books", "Faults, tests and complaints of a site's cameras",
              show_camera_books);
  group.add_subcommand("tests-overdue", "Tests of clocks and of accuracy that are overdue")
      ->callback([&typed] { typed.command = show_tests_overdue; });
  auto* command = group.add_subcommand(
      "book", "Write down a fault, a test, a complaint or who attested where a camera stands");
  const auto arguments = keep<BookArguments>();
  add_book_entry(*command, *arguments);
  command->callback([&typed, arguments] {
    typed.command = [arguments] { return write_camera_book(*arguments); };
  });
}

}  // namespace regmark::cli
