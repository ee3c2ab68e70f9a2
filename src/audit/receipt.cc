#include "audit/receipt.h"

namespace regmark::audit {

Result<void> check_open(const Receipt& receipt, access::Act act, base::UtcTime now) {
  const auto& permit = receipt.permit();
  if (permit.act() != act) {
    return fail(ErrorCode::invalid_input, "the receipt is for another act");
  }
  if (now < permit.valid_from() || now >= permit.valid_until()) {
    return fail(ErrorCode::invalid_input, "the receipt has run out");
  }
  return {};
}

Result<void> check_open(const Receipt& receipt, access::Act act, std::string_view subject,
                        base::UtcTime now) {
  REGMARK_TRY(check_open(receipt, act, now));
  if (receipt.permit().scope().subject == subject) return {};
  return fail(ErrorCode::invalid_input, "the receipt is for another thing");
}

Result<void> check_verb(const MachineReceipt& receipt, MachineVerb verb) {
  if (receipt.verb() == verb) return {};
  return fail(ErrorCode::invalid_input, "the receipt is for other work");
}

}  // namespace regmark::audit
