#include "desk/ask.h"

namespace regmark::desk {

Result<std::variant<audit::Receipt, Refused>> decide_and_record(const Desk& desk,
                                                                const Asker& asker, access::Act act,
                                                                access::Scope scope) {
  std::optional<access::Authority> stands_on;
  if (asker.authority) {
    // One that nobody knows is none: decide() says so, and the refusal is on record.
    const auto record = desk.authorities.find(*asker.authority);
    if (!record && record.error().code != ErrorCode::not_found) {
      return tl::unexpected<Error>(record.error());
    }
    if (record) stands_on = authority::value_of(*record);
  }
  const access::Request request{asker.person,        act,
                                asker.purpose,       std::move(scope),
                                desk.clock.now(),    asker.session_until,
                                std::move(stands_on)};
  const auto decision = access::decide(desk.policy, request);
  if (const auto* refusal = std::get_if<access::Refusal>(&decision)) {
    REGMARK_ASSIGN(const auto number, desk.log.record(request, *refusal));
    return Refused{number, *refusal};
  }
  REGMARK_ASSIGN(auto receipt, desk.log.record(std::get<access::Permit>(decision)));
  return receipt;
}

}  // namespace regmark::desk
