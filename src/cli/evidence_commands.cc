// Evidence: written by the office, checked by anybody.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "audit/cosignature.h"
#include "base/encoding.h"
#include "base/files.h"
#include "cli/answers.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/key_files.h"
#include "cli/print.h"
#include "evidence/check.h"
#include "evidence/zip.h"

namespace regmark::cli {
namespace {

using nlohmann::json;

// Who asked, and what for: the words of the permit, which the log vouches for.
void print_permit(const evidence::Checked& checked) {
  const auto permit = json::parse(checked.permit, nullptr, /*allow_exceptions=*/false);
  std::vector<std::vector<std::string>> rows;
  for (const auto* field :
       {"person/id", "person/organisation", "purpose/category", "purpose/reason",
        "purpose/reference", "purpose/for_whom", "scope/plate", "policy"}) {
    rows.push_back({field, cell(permit, field)});
  }
  print_table(rows);
}

int check_witnesses(const evidence::Checked& checked,
                    const std::vector<std::filesystem::path>& files) {
  for (const auto& file : files) {
    const auto witness = read_verifier_key(file, audit::KeyKind::witness);
    if (!witness) return say_failure(witness.error());
    const auto at = audit::cosigned_at(checked.note, *witness);
    if (!at) return say_failure(at.error());
    std::cout << witness->name << " signed the log's checkpoint at " << base::format_utc(*at)
              << ".\n";
  }
  return 0;
}

// Who signed the log over what was sealed, as far as the file says: `verify --witness` checks it.
void print_witnesses(std::string_view zip) {
  const auto checked = evidence::check(zip, std::nullopt);
  if (!checked) return;
  if (checked->witnesses.empty()) {
    std::cout << "No witness has signed the log over it.\n";
  }
  for (const auto& name : checked->witnesses) std::cout << "Witness: " << name << "\n";
}

}  // namespace

int export_evidence(const EvidenceArguments& arguments) {
  // Asked for twice, it is on record twice: better to say this first.
  if (std::filesystem::exists(arguments.out)) {
    return say_failure(arguments.out.string() + " is there already: name another file");
  }
  const auto client = load_session();
  if (!client) return say_failure(client.error());
  auto question = question_of(arguments.question);
  if (!arguments.statement.empty()) question["statement"] = arguments.statement;
  if (!arguments.hold.empty()) question["hold"] = arguments.hold;
  const auto zip = client->post_for_file("/v1/evidence", question);
  if (!zip) return say_failure(zip.error());
  if (const auto kept = base::write_file(arguments.out, base::as_bytes(*zip)); !kept) {
    return say_failure(arguments.out.string() + ": " + kept.error().message);
  }
  std::cout << "Wrote " << arguments.out.string() << ", " << zip->size()
            << " bytes. Anybody can check it: regmark evidence verify " << arguments.out.string()
            << " --key audit.vkey\n";
  print_witnesses(*zip);
  return 0;
}

int verify_evidence(const VerifyEvidenceArguments& arguments) {
  std::optional<audit::VerifierKey> key;
  if (!arguments.key.empty()) {
    auto read = read_verifier_key(arguments.key, audit::KeyKind::log);
    if (!read) return say_failure(read.error());
    key = *std::move(read);
  }
  const auto zip = read_text(arguments.file, evidence::zip_size_max);
  if (!zip) return say_failure(zip.error());
  const auto checked = evidence::check(*zip, key);
  if (!checked) return say_failure(arguments.file.string() + ": " + checked.error().message);
  std::cout << "The evidence holds: " << checked->reads << " reads, " << checked->pictures
            << " pictures, " << checked->cameras << " cameras.\n"
            << "Permitted at " << base::format_utc(checked->permitted_at) << " (record "
            << checked->receipt << "), sealed at " << base::format_utc(checked->sealed_at)
            << " (record " << checked->sealing << ") in the log of " << checked->key.name << ".\n";
  print_permit(*checked);
  if (!key) {
    std::cout << "NOTE: checked with the key in the file itself, which proves only that nobody "
                 "without that key changed it.\nCompare it with the key that the office "
                 "publishes:\n  "
              << audit::to_text(checked->key) << "\n";
  }
  return check_witnesses(*checked, arguments.witnesses);
}

}  // namespace regmark::cli
