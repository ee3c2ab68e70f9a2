#include "desk/read_policy.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<PolicyInForce>> read_policy(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, access::Act::read_policy, {},
             [&](const audit::Receipt&) -> Result<PolicyInForce> {
               return PolicyInForce{desk.policy.version(), desk.policy.text()};
             });
}

}  // namespace regmark::desk
