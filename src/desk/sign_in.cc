#include "desk/sign_in.h"

#include <algorithm>

#include "access/role.h"
#include "base/check.h"

namespace regmark::desk {
namespace {

// Identifiers and outcome words need no escaping; nothing else may stand in these details.
std::string details_of(std::string_view person, std::string_view session) {
  REGMARK_CHECK(base::is_id(person));
  std::string details = "{\"person\":\"" + std::string(person) + "\"";
  if (!session.empty()) {
    REGMARK_CHECK(base::is_id(session));
    details += ",\"session\":\"" + std::string(session) + "\"";
  }
  return details + "}";
}

audit::Event event_of(const Desk& desk, std::string act, std::string role, std::string outcome,
                      std::string details) {
  return {{audit::Operation::sign_in, std::move(act), base::day_of(desk.clock.now()),
           std::move(role), std::move(outcome)},
          std::move(details)};
}

std::string role_of(const access::Person& person) {
  return person.roles.empty() ? "nobody" : std::string(access::name(person.roles.front()));
}

// Names the account that was tried, when there is one. A name that nobody has is not kept: it may
// be a password typed into the wrong box.
std::string tried(const Desk& desk, std::string_view sign_in_name) {
  const auto people = desk.people.list();
  if (!people) return "{}";
  const auto found = std::ranges::find_if(*people, [&](const people::PersonRecord& person) {
    return person.about.sign_in_name == sign_in_name;
  });
  return found == people->end() ? "{}" : details_of(found->id.text(), {});
}

}  // namespace

Result<people::NewSession> sign_in(const Desk& desk, const people::Credentials& credentials) {
  auto signed_in = desk.people.sign_in(credentials);
  if (!signed_in) {
    REGMARK_TRY(desk.log.record(
        event_of(desk, "sign_in", "nobody",
                 signed_in.error().code == ErrorCode::limit_exceeded ? "refused" : "failed",
                 tried(desk, credentials.sign_in_name))));
    return signed_in;
  }
  const auto& session = signed_in->session;
  const auto recorded =
      desk.log.record(event_of(desk, "sign_in", role_of(session.person), "done",
                               details_of(session.person.id.text(), session.id.text())));
  if (!recorded) {
    static_cast<void>(desk.people.sign_out(signed_in->token));
    return tl::unexpected<Error>(recorded.error());
  }
  return signed_in;
}

Result<void> sign_out(const Desk& desk, const people::Session& session, std::string_view token) {
  REGMARK_TRY(desk.people.sign_out(token));
  REGMARK_TRY(desk.log.record(event_of(desk, "sign_out", role_of(session.person), "done",
                                       details_of(session.person.id.text(), session.id.text()))));
  return {};
}

Result<void> choose_password(const Desk& desk, std::string_view sign_in_name, std::string_view code,
                             std::string_view password, std::string_view source) {
  auto chosen = desk.people.choose_password(sign_in_name, code, password, source);
  const auto recorded = desk.log.record(event_of(
      desk, "choose_password", "nobody", chosen ? "done" : "failed", tried(desk, sign_in_name)));
  if (!chosen) return chosen;
  if (!recorded) return tl::unexpected<Error>(recorded.error());
  return {};
}

Result<people::NewSecondFactor> begin_second_factor(const Desk& desk,
                                                    const people::Session& session,
                                                    const OwnCredentials& credentials) {
  REGMARK_ASSIGN(const auto people, desk.people.list());
  const auto self = std::ranges::find(people, session.person.id, &people::PersonRecord::id);
  if (self == people.end()) return fail(ErrorCode::not_found, "there is no such session");
  auto begun = desk.people.begin_second_factor(
      {self->about.sign_in_name, credentials.password, credentials.code, credentials.source});
  REGMARK_TRY(desk.log.record(event_of(desk, "begin_second_factor", role_of(session.person),
                                       begun ? "done" : "failed",
                                       details_of(session.person.id.text(), session.id.text()))));
  return begun;
}

Result<std::vector<std::string>> confirm_second_factor(const Desk& desk,
                                                       const people::Session& session,
                                                       std::string_view token,
                                                       std::string_view code) {
  auto confirmed = desk.people.confirm_second_factor(token, code);
  REGMARK_TRY(desk.log.record(event_of(desk, "confirm_second_factor", role_of(session.person),
                                       confirmed ? "done" : "failed",
                                       details_of(session.person.id.text(), session.id.text()))));
  return confirmed;
}

}  // namespace regmark::desk
