#include "desk/sign_in_vouched.h"

#include "desk/record_sign_in.h"

namespace regmark::desk {
namespace {

using Occasion = people::IdentityProvider::Occasion;

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
  return desk.identity_provider->begin(Occasion::sign_in);
}

Result<people::IdentityProvider::Begun> begin_vouch_once_more(const Desk& desk) {
  if (desk.identity_provider == nullptr) return nobody_vouches();
  return desk.identity_provider->begin(Occasion::once_more);
}

Result<std::string> vouch_once_more(const Desk& desk, const people::Session& session,
                                    const people::IdentityProvider::Returned& returned,
                                    std::string_view source) {
  if (desk.identity_provider == nullptr) return nobody_vouches();
  auto ticket = [&]() -> Result<std::string> {
    REGMARK_ASSIGN(const auto name, sign_in_name_of(desk, session));
    REGMARK_ASSIGN(const auto vouched, finish(desk, returned, source));
    if (!vouched.once_more) {
      return fail(ErrorCode::invalid_input, "this was begun for signing in: begin again");
    }
    if (vouched.sign_in_name != name) {
      return fail(ErrorCode::invalid_input,
                  "the identity provider says that this is somebody else");
    }
    return desk.identity_provider->ticket(vouched);
  }();
  REGMARK_TRY(record_at_the_door(desk, "vouch_once_more", session, failure_of(ticket)));
  return ticket;
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
