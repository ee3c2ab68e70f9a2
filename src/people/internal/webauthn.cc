#include "people/internal/webauthn.h"

#include <algorithm>

namespace regmark::people {

Result<std::string> check_client_data(const SecurityKeyRules& rules, Ceremony ceremony,
                                      std::span<const std::uint8_t> bytes) {
  REGMARK_ASSIGN(auto said, read_client_data(bytes));
  if (said.type != (ceremony == Ceremony::create ? "webauthn.create" : "webauthn.get")) {
    return fail(ErrorCode::invalid_input, "the key was asked for something else");
  }
  if (said.cross_origin || std::ranges::find(rules.origins, said.origin) == rules.origins.end()) {
    return fail(ErrorCode::invalid_input, "the key was asked by a page that is not the office's");
  }
  return std::move(said.challenge);
}

}  // namespace regmark::people
