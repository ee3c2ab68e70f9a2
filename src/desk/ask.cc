#include "desk/ask.h"

namespace regmark::desk {

Result<std::variant<audit::Receipt, Refused>> decide_and_record(const Desk& desk,
                                                                const Asker& asker, access::Act act,
                                                                access::Scope scope) {
  const access::Request request{
      asker.person, act, asker.purpose, std::move(scope), desk.clock.now(), asker.session_until};
  const auto decision = access::decide(desk.policy, request);
  if (const auto* refusal = std::get_if<access::Refusal>(&decision)) {
    REGMARK_ASSIGN(const auto number, desk.log.record(request, *refusal));
    return Refused{number, *refusal};
  }
  REGMARK_ASSIGN(auto receipt, desk.log.record(std::get<access::Permit>(decision)));
  return receipt;
}

}  // namespace regmark::desk
