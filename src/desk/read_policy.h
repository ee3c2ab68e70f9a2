// Shows the policy in force.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

struct PolicyInForce {
  std::string version;  // SHA-256 of the text
  std::string text;
};

Result<Answer<PolicyInForce>> read_policy(const Desk& desk, const Asker& asker);

}  // namespace regmark::desk
