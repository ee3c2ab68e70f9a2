#include "desk/read_policy.h"

#include "accountability/accountability.h"
#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<PolicyInForce>> read_policy(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, access::Act::read_policy, {},
             [&](const audit::Receipt&) -> Result<PolicyInForce> {
               return PolicyInForce{desk.policy.version(), desk.policy.text()};
             });
}
Result<Answer<std::vector<accountability::KeptPolicy>>> read_policies(const Desk& desk,
                                                                      const Asker& asker) {
  return ask(
      desk, asker, access::Act::read_policy, about("all"),
      [&](const audit::Receipt& receipt) { return desk.accountability.policies.all(receipt); });
}

Result<Answer<std::string>> read_kept_policy(const Desk& desk, const Asker& asker,
                                             const std::string& version) {
  return ask(desk, asker, access::Act::read_policy, about(version),
             [&](const audit::Receipt& receipt) {
               return desk.accountability.policies.text(receipt, version);
             });
}

}  // namespace regmark::desk
