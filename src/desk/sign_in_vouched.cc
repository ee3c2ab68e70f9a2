#include "desk/sign_in_vouched.h"

#include "desk/record_sign_in.h"

namespace regmark::desk {
namespace {

tl::unexpected<Error> nobody_vouches() {
  return fail(ErrorCode::unavailable, "this office has no identity provider: use your password");
}

Result<void> record_failure(const Desk& desk, const std::string& person, const Error& error) {
  return record_at_the_door(desk, "sign_in", "nobody",
                            error.code == ErrorCode::limit_exceeded ? "refused" : "failed",
                            {.person = person, .why = error.message, .by_provider = true});
}

Result<VouchedSignIn> open(const Desk& desk, const people::Vouched& vouched,
                           const people::Credentials& shown, std::string ticket) {
  auto signed_in = desk.people.sign_in_vouched(vouched, shown);
  if (!signed_in) {
    const auto& error = signed_in.error();
    REGMARK_TRY(record_failure(desk, account_of(desk, vouched.sign_in_name), error));
    if (error.code != ErrorCode::conflict) return tl::unexpected<Error>(error);
    REGMARK_ASSIGN(auto challenge, desk.people.challenge(vouched.sign_in_name));
    return VouchedSignIn(FactorNeeded{error.message, std::move(ticket), std::move(challenge)});
  }
  const auto& session = signed_in->session;
  const auto recorded = record_at_the_door(
      desk, "sign_in", role_of(session.person), "done",
      {.person = session.person.id.text(), .session = session.id.text(), .by_provider = true});
  if (!recorded) {
    static_cast<void>(desk.people.sign_out(signed_in->token));
    return tl::unexpected<Error>(recorded.error());
  }
  return VouchedSignIn(*std::move(signed_in));
}

// Asks the provider. A code that it refuses is counted against where it came from; that the
// provider is away is nobody's failure.
Result<people::Vouched> finish(const Desk& desk, const people::IdentityProvider::Returned& returned,
                               std::string_view source) {
  bool is_counted = false;
  const auto may_ask = [&]() -> Result<void> {
    REGMARK_TRY(desk.people.count_return(source));
    is_counted = true;
    return {};
  };
  auto vouched = desk.identity_provider->finish(returned, may_ask);
  if (is_counted && (vouched || vouched.error().code != ErrorCode::invalid_input)) {
    REGMARK_TRY(desk.people.take_return_back(source));
  }
  return vouched;
}

}  // namespace

Result<people::IdentityProvider::Begun> begin_vouched_sign_in(const Desk& desk) {
  if (desk.identity_provider == nullptr) return nobody_vouches();
  return desk.identity_provider->begin();
}

Result<VouchedSignIn> sign_in_vouched(const Desk& desk,
                                      const people::IdentityProvider::Returned& returned,
                                      std::string_view source) {
  if (desk.identity_provider == nullptr) return nobody_vouches();
  const auto vouched = finish(desk, returned, source);
  if (!vouched) {
    REGMARK_TRY(record_failure(desk, {}, vouched.error()));
    return tl::unexpected<Error>(vouched.error());
  }
  return open(desk, *vouched, {.sign_in_name = {}, .password = {}, .code = {}, .source = source},
              desk.identity_provider->ticket(*vouched));
}

Result<VouchedSignIn> sign_in_with_ticket(const Desk& desk, std::string_view ticket,
                                          const people::Credentials& shown) {
  if (desk.identity_provider == nullptr) return nobody_vouches();
  const auto vouched = desk.identity_provider->of_ticket(ticket);
  if (!vouched) {
    REGMARK_TRY(record_failure(desk, {}, vouched.error()));
    return tl::unexpected<Error>(vouched.error());
  }
  // The same ticket goes back: one made anew would be young for ever.
  return open(desk, *vouched, shown, std::string(ticket));
}

}  // namespace regmark::desk
