#include <algorithm>
#include <iostream>

#include "audit/verify.h"
#include "base/encoding.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {
namespace {

// 64 hexadecimal digits.
Result<std::array<std::uint8_t, 32>> read_public_key(const std::filesystem::path& file) {
  constexpr std::size_t size_max = 256;
  const auto bytes = base::read_file(file, size_max);
  if (!bytes && bytes.error().code != ErrorCode::limit_exceeded) {
    return fail(bytes.error().code, file.string() + ": " + bytes.error().message);
  }
  auto text = bytes ? base::as_text(*bytes) : std::string_view();
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto key = base::from_hex(text);
  std::array<std::uint8_t, 32> public_key{};
  if (!key || key->size() != public_key.size()) {
    return fail(ErrorCode::invalid_input,
                file.string() + " is no public key: it must hold 64 hexadecimal digits");
  }
  std::ranges::copy(*key, public_key.begin());
  return public_key;
}

Result<audit::Checkpoint> read_checkpoint(const std::filesystem::path& file,
                                          const audit::PublicKey& key) {
  const auto note = base::read_file(file, audit::checkpoint_size_max);
  if (!note) return fail(note.error().code, file.string() + ": " + note.error().message);
  auto checkpoint = audit::open_checkpoint(base::as_text(*note), key);
  if (!checkpoint) {
    return fail(checkpoint.error().code, file.string() + ": " + checkpoint.error().message);
  }
  return checkpoint;
}

// What is missing, and what the log says of it. With the public half alone everything is: only who
// asked for the details is told so by the exit status.
int say_details(const audit::Verified& verified, bool must_be_explained) {
  if (verified.erased_before) {
    std::cout << "It says itself that details of days before "
              << base::format_day(*verified.erased_before) << " were erased.\n";
  }
  if (!must_be_explained) return 0;
  for (const auto& [day, count, first] : verified.unexplained) {
    say_failure("no erasure explains that the details of " + std::to_string(count) +
                " records of " + base::format_day(day) + " are missing (the first is record " +
                std::to_string(first) + ")");
  }
  if (!verified.unexplained.empty()) return 1;
  std::cout << "Every missing detail is explained by an erasure on record.\n";
  return 0;
}

}  // namespace

int audit_verify(const VerifyArguments& arguments) {
  const auto public_key = read_public_key(arguments.key);
  if (!public_key) return say_failure(public_key.error());
  std::vector<audit::Checkpoint> kept;
  for (const auto& file : arguments.since) {
    auto checkpoint = read_checkpoint(file, *public_key);
    if (!checkpoint) return say_failure(checkpoint.error());
    kept.push_back(*std::move(checkpoint));
  }
  const auto verified = audit::verify(arguments.folder, *public_key, kept);
  if (!verified) return say_failure("the log does NOT hold: " + verified.error().message);
  std::cout << "The log holds: " << verified->size << " records, root "
            << base::to_hex(verified->root) << ", " << verified->details_missing
            << " without details.\n";
  for (const auto& checkpoint : kept) {
    std::cout << "Its first " << checkpoint.size
              << " records are those of the checkpoint kept from earlier.\n";
  }
  return say_details(*verified, arguments.details);
}

}  // namespace regmark::cli
