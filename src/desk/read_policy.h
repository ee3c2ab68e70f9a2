// Shows the policy in force, and those that were.
#pragma once

#include "accountability/policies.h"
#include "desk/desk.h"

namespace regmark::desk {

struct PolicyInForce {
  std::string version;  // SHA-256 of the text
  std::string text;
};

Result<Answer<PolicyInForce>> read_policy(const Desk& desk, const Asker& asker);
// Newest first.
Result<Answer<std::vector<accountability::KeptPolicy>>> read_policies(const Desk& desk,
                                                                      const Asker& asker);
// The text of one. Fails with
//   not_found   none of this version is kept
Result<Answer<std::string>> read_kept_policy(const Desk& desk, const Asker& asker,
                                             const std::string& version);

}  // namespace regmark::desk
