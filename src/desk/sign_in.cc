#include "desk/sign_in.h"

#include "desk/record_sign_in.h"
#include "desk/show_once_more.h"

namespace regmark::desk {
Result<people::NewSession> sign_in(const Desk& desk, const people::Credentials& credentials) {
  auto signed_in = desk.people.sign_in(credentials);
  if (!signed_in) {
    const auto& error = signed_in.error();
    const bool is_refused =
        error.code == ErrorCode::limit_exceeded || error.code == ErrorCode::invalid_input;
    REGMARK_TRY(record_at_the_door(
        desk, "sign_in", "nobody", is_refused ? "refused" : "failed",
        {.person = account_of(desk, credentials.sign_in_name), .why = error.message}));
    return signed_in;
  }
  const auto& session = signed_in->session;
  const auto recorded = record_at_the_door(desk, "sign_in", session, std::nullopt);
  if (!recorded) {
    static_cast<void>(desk.people.sign_out(signed_in->token));
    return tl::unexpected<Error>(recorded.error());
  }
  return signed_in;
}

Result<void> sign_out(const Desk& desk, const people::Session& session, std::string_view token) {
  REGMARK_TRY(desk.people.sign_out(token));
  return record_at_the_door(desk, "sign_out", session, std::nullopt);
}

Result<void> choose_password(const Desk& desk, std::string_view sign_in_name, std::string_view code,
                             std::string_view password, std::string_view source) {
  auto chosen = desk.people.choose_password(sign_in_name, code, password, source);
  const auto recorded =
      record_at_the_door(desk, "choose_password", "nobody", chosen ? "done" : "failed",
                         {.person = account_of(desk, sign_in_name)});
  if (!chosen) return chosen;
  return recorded;
}

Result<people::NewSecondFactor> begin_second_factor(const Desk& desk,
                                                    const people::Session& session,
                                                    const OwnCredentials& credentials) {
  auto begun = show_once_more(desk, session, credentials, [&](const people::Credentials& shown) {
    return desk.people.begin_second_factor(shown);
  });
  REGMARK_TRY(record_at_the_door(desk, "begin_second_factor", session, failure_of(begun)));
  return begun;
}

Result<std::vector<std::string>> confirm_second_factor(const Desk& desk,
                                                       const people::Session& session,
                                                       std::string_view token,
                                                       std::string_view code) {
  auto confirmed = desk.people.confirm_second_factor(token, code);
  REGMARK_TRY(record_at_the_door(desk, "confirm_second_factor", session, failure_of(confirmed)));
  return confirmed;
}

}  // namespace regmark::desk
