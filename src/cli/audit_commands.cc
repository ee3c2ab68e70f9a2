#include <algorithm>
#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "audit/cosignature.h"
#include "audit/cosigned.h"
#include "audit/count.h"
#include "audit/proof_file.h"
#include "audit/verify.h"
#include "base/encoding.h"
#include "base/files.h"
#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/key_files.h"
#include "cli/print.h"

namespace regmark::cli {
namespace {

using nlohmann::json;

Result<audit::Checkpoint> read_checkpoint(const std::filesystem::path& file,
                                          const audit::PublicKey& key) {
  REGMARK_ASSIGN(const auto note, read_text(file, audit::checkpoint_size_max));
  auto checkpoint = audit::open_checkpoint(note, key);
  if (!checkpoint) {
    return fail(checkpoint.error().code, file.string() + ": " + checkpoint.error().message);
  }
  return checkpoint;
}

// What the log must begin with, and the words for it when it does.
struct Kept {
  audit::Checkpoint checkpoint;
  std::string said;
};

Result<std::vector<Kept>> read_kept(const VerifyArguments& arguments, const audit::PublicKey& key) {
  std::vector<Kept> kept;
  for (const auto& file : arguments.since) {
    REGMARK_ASSIGN(auto checkpoint, read_checkpoint(file, key));
    kept.push_back({std::move(checkpoint), "those of the checkpoint kept from earlier"});
  }
  for (const auto& file : arguments.witnesses) {
    REGMARK_ASSIGN(const auto witness, read_verifier_key(file, audit::KeyKind::witness));
    REGMARK_ASSIGN(auto cosigned, audit::read_cosigned(arguments.folder, key, witness));
    kept.push_back({std::move(cosigned.checkpoint),
                    "those that " + witness.name + " signed at " + base::format_utc(cosigned.at)});
  }
  return kept;
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

// The record with which the newest so many begin. A checkpoint's second line is how many there are.
Result<std::uint64_t> first_of_newest(const Client& client, std::size_t count) {
  REGMARK_ASSIGN(const auto note, client.get_text("/v1/audit/checkpoint"));
  const auto line = note.find('\n');
  std::uint64_t size = 0;
  const auto* begin = note.data() + (line == std::string::npos ? note.size() : line + 1);
  const auto [end, error] = std::from_chars(begin, note.data() + note.size(), size);
  if (error != std::errc{}) return fail(ErrorCode::corrupt, "the office gave no checkpoint");
  return size - std::min<std::uint64_t>(size, count);
}

// Whoever acted, where the details say so: a person's record, or the id alone.
std::string person_of(const json& entry) {
  const auto id = cell(entry, "details/person/id");
  return id.empty() ? cell(entry, "details/person") : id;
}

}  // namespace

int audit_verify(const VerifyArguments& arguments) {
  const auto public_key = read_log_key(arguments.key);
  if (!public_key) return say_failure(public_key.error());
  const auto kept = read_kept(arguments, *public_key);
  if (!kept) return say_failure(kept.error());
  std::vector<audit::Checkpoint> checkpoints;
  for (const auto& one : *kept) checkpoints.push_back(one.checkpoint);
  const auto verified = audit::verify(arguments.folder, *public_key, checkpoints);
  if (!verified) return say_failure("the log does NOT hold: " + verified.error().message);
  std::cout << "The log holds: " << verified->size << " records, root "
            << base::to_hex(verified->root) << ", " << verified->details_missing
            << " without details.\n";
  for (const auto& one : *kept) {
    std::cout << "Its first " << one.checkpoint.size << " records are " << one.said << ".\n";
  }
  return say_details(*verified, arguments.details);
}

int audit_read(const ReadLogArguments& arguments) {
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  const auto first = arguments.first ? Result<std::uint64_t>(*arguments.first)
                                     : first_of_newest(*client, arguments.count);
  if (!first) return say_failure(first.error());
  const auto path = "/v1/audit/entries?first=" + std::to_string(*first) +
                    "&count=" + std::to_string(arguments.count);
  const auto answer = client->get_because(path, arguments.reason);
  if (!answer) return say_failure(answer.error());
  const auto entries = answer->value("entries", json::array());
  if (arguments.json) {
    for (const auto& entry : entries) std::cout << entry.dump() << "\n";
    return 0;
  }
  std::vector<std::vector<std::string>> rows{
      {"RECORD", "AT", "OPERATION", "ACT", "OUTCOME", "ROLE", "PERSON", "OF"}};
  for (const auto& entry : entries) {
    rows.push_back({cell(entry, "number"), cell(entry, "at"), cell(entry, "operation"),
                    cell(entry, "act"), cell(entry, "outcome"), cell(entry, "role"),
                    person_of(entry), cell(entry, "details/receipt")});
  }
  print_table(rows);
  return 0;
}

int audit_count(const CountArguments& arguments) {
  const auto public_key = read_log_key(arguments.key);
  if (!public_key) return say_failure(public_key.error());
  const auto counts = audit::count(arguments.folder, *public_key);
  if (!counts) return say_failure("the log does NOT hold: " + counts.error().message);
  std::vector<std::vector<std::string>> rows{{"MONTH", "OPERATION", "ACT", "OUTCOME", "RECORDS"}};
  for (const auto& one : *counts) {
    rows.push_back({base::format_day(one.month).substr(0, 7),
                    std::string(audit::name(one.operation)), one.act, one.outcome,
                    std::to_string(one.records)});
  }
  print_table(rows);
  return 0;
}

int audit_prove(const ProveArguments& arguments) {
  const auto public_key = read_log_key(arguments.key);
  if (!public_key) return say_failure(public_key.error());
  const auto proof = audit::prove_entry(arguments.folder, arguments.number, *public_key);
  if (!proof) return say_failure(proof.error());
  if (arguments.out.empty()) {
    std::cout << *proof;
    return 0;
  }
  const auto written = base::write_file(arguments.out, base::as_bytes(*proof));
  if (!written) return say_failure(arguments.out.string() + ": " + written.error().message);
  return 0;
}

int audit_check_proof(const CheckProofArguments& arguments) {
  const auto public_key = read_log_key(arguments.key);
  if (!public_key) return say_failure(public_key.error());
  const auto text = read_text(arguments.file, audit::proof_file_size_max);
  if (!text) return say_failure(text.error());
  const auto proved = audit::check_proof(*text, *public_key);
  if (!proved) return say_failure(proved.error());
  const auto& shown = proved->shown;
  std::cout << "Record " << proved->number << " of " << proved->checkpoint.origin << " (its first "
            << proved->checkpoint.size << " records): " << audit::name(shown.operation) << ", "
            << shown.act << " by " << shown.role << " on " << base::format_day(shown.day) << ", "
            << shown.outcome << "; details " << base::to_hex(proved->commitment) << ".\n";
  for (const auto& file : arguments.witnesses) {
    const auto witness = read_verifier_key(file, audit::KeyKind::witness);
    if (!witness) return say_failure(witness.error());
    const auto at = audit::cosigned_at(proved->note, *witness);
    if (!at) return say_failure(at.error());
    std::cout << witness->name << " signed the checkpoint at " << base::format_utc(*at) << ".\n";
  }
  return 0;
}

}  // namespace regmark::cli
