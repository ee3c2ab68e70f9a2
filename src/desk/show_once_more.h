// What somebody who is signed in shows once more: a password, or what the identity provider says
// now.
#pragma once

#include <optional>
#include <type_traits>

#include "desk/record_sign_in.h"
#include "desk/sign_in.h"
#include "people/identity_provider.h"

namespace regmark::desk {

// Does `work` (const people::Credentials& -> Result<T>) with what they show. Fails as the work, and
// with
//   not_found       they are gone
//   unavailable     a ticket, and no provider is configured
//   invalid_input   a ticket that is none of ours, or too old
template <typename Work>
auto show_once_more(const Desk& desk, const people::Session& session, const OwnCredentials& own,
                    const Work& work) -> std::invoke_result_t<Work, const people::Credentials&> {
  REGMARK_ASSIGN(const auto name, sign_in_name_of(desk, session));
  people::Credentials shown{.sign_in_name = name,
                            .password = own.password,
                            .code = own.code,
                            .source = own.source,
                            .key = own.key};
  if (own.ticket.empty()) return work(shown);
  if (desk.identity_provider == nullptr) return nobody_vouches();
  REGMARK_ASSIGN(const auto vouched, desk.identity_provider->of_ticket(own.ticket));
  shown.vouched = &vouched;
  return work(shown);
}

}  // namespace regmark::desk
