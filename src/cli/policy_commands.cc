// Commands about policies: to check one needs a file, and no office; to see what was in force, one.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "access/gaps.h"
#include "access/json/request.h"
#include "access/policy.h"
#include "base/files.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace regmark::cli {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> in_file(const fs::path& file, const Error& error) {
  return fail(error.code, file.string() + ": " + error.message);
}

// The one that the program carries, when no file is named.
Result<access::Policy> load_policy(const fs::path& file) {
  if (file.empty()) return access::Policy::built_in();
  const auto bytes = base::read_file(file, access::policy_size_max);
  if (!bytes) return in_file(file, bytes.error());
  auto policy = access::Policy::parse(base::as_text(*bytes));
  if (!policy) return in_file(file, policy.error());
  return policy;
}

std::string_view words(access::Said said) {
  switch (said) {
    case access::Said::not_concerned:
      return "is not about this";
    case access::Said::yes:
      return "says yes";
    case access::Said::lacks:
      return "would say yes, but";
    case access::Said::within:
      return "does not forbid it";
    case access::Said::no:
      return "says no";
    case access::Said::cannot_tell:
      return "cannot tell, so says no";
  }
  return "";
}

void print(const access::Explanation& explanation) {
  if (const auto* refusal = std::get_if<access::Refusal>(&explanation.decision)) {
    std::cout << "Refused.\n";
    for (const auto& reason : refusal->reasons) std::cout << "  " << reason << "\n";
  } else {
    const auto& permit = std::get<access::Permit>(explanation.decision);
    std::cout << "Permitted for the role " << access::name(permit.role()) << ", until "
              << base::format_utc(permit.valid_until()) << ".\n";
  }
  for (const auto& rule : explanation.rules) {
    if (rule.said == access::Said::not_concerned) continue;
    std::cout << "Rule " << rule.rule << " " << words(rule.said);
    for (const auto& reason : rule.reasons) {
      std::cout << (&reason == rule.reasons.data() ? ": " : "; ") << reason;
    }
    std::cout << "\n";
  }
}

// Gives how many cases of this file got another answer than they should.
Result<std::size_t> run_cases(const access::Policy& policy, const fs::path& file,
                              std::size_t& tried) {
  const auto bytes = base::read_file(file, access::request_file_size_max);
  if (!bytes) return in_file(file, bytes.error());
  const auto cases = access::read_cases(base::as_text(*bytes));
  if (!cases) return in_file(file, cases.error());
  std::size_t wrong = 0;
  for (const auto& one : *cases) {
    ++tried;
    const auto what = access::try_case(policy, one);
    if (what.empty()) continue;
    ++wrong;
    std::cout << file.filename().string() << ": " << one.name << ": " << what << "\n";
  }
  return wrong;
}

}  // namespace

int check_policy(const fs::path& file) {
  const auto policy = load_policy(file);
  if (!policy) return say_failure(policy.error());
  std::cout << "\"" << policy->title() << "\" holds together. Version " << policy->version()
            << "\n";
  for (const auto& gap : access::gaps(*policy)) std::cout << "But " << gap << ".\n";
  for (const auto& remark : access::remarks(*policy)) std::cout << "Note: " << remark << ".\n";
  return 0;
}

int explain_request(const fs::path& request_file, const fs::path& policy_file) {
  const auto policy = load_policy(policy_file);
  if (!policy) return say_failure(policy.error());
  const auto bytes = base::read_file(request_file, access::request_file_size_max);
  if (!bytes) return say_failure(request_file.string() + ": " + bytes.error().message);
  const auto request = access::read_request(base::as_text(*bytes));
  if (!request) return say_failure(request_file.string() + ": " + request.error().message);
  print(access::explain(*policy, *request));
  return 0;
}

// A folder without one holds cases for the policy that the program carries.
int test_policy(const fs::path& folder) {
  const auto own = folder / "policy.toml";
  const bool has_own = fs::exists(own);
  if (!has_own) std::cout << "Without a policy.toml: against the policy built in.\n";
  const auto policy = load_policy(has_own ? own : fs::path());
  if (!policy) return say_failure(policy.error());
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  if (files.empty()) return say_failure(folder.string() + " holds no cases: *.json");
  std::size_t tried = 0;
  std::size_t wrong = 0;
  for (const auto& file : files) {
    const auto found = run_cases(*policy, file, tried);
    if (!found) return say_failure(found.error());
    wrong += *found;
  }
  std::cout << tried << " cases, " << wrong << " wrong.\n";
  return wrong == 0 ? 0 : 1;
}

int show_policy(const std::string& version) {
  const auto answer = get(version.empty() ? "/v1/policy" : "/v1/policies/" + version);
  if (!answer) return say_failure(answer.error());
  // The text as it is, so that its SHA-256 is the version.
  std::cout << cell(*answer, "text");
  return 0;
}

int list_policies() {
  return print_list("/v1/policies", "policies", {"version", "kept_since", "in_force", "title"});
}

}  // namespace regmark::cli
