#include "desk/record_sign_in.h"

#include <algorithm>

#include "access/role.h"
#include "base/check.h"

namespace regmark::desk {
namespace {

// Text that would need escaping is none of ours: a disk's complaint may hold anything.
void add(std::string& details, std::string_view member, std::string_view value) {
  const auto is_plain = [](char c) {
    return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
  };
  if (value.empty() || !std::ranges::all_of(value, is_plain)) return;
  details += details.size() > 1 ? ",\"" : "\"";
  details.append(member).append("\":\"").append(value).append("\"");
}

std::string text_of(const DoorDetails& details) {
  std::string text = "{";
  for (const auto& id : {details.person, details.session, details.key, details.ended}) {
    REGMARK_CHECK(id.empty() || base::is_id(id));
  }
  add(text, "person", details.person);
  add(text, "session", details.session);
  add(text, "key", details.key);
  add(text, "ended", details.ended);
  add(text, "by", details.by_provider ? "identity provider" : "");
  add(text, "why", details.why);
  return text + "}";
}

}  // namespace

Result<void> record_at_the_door(const Desk& desk, std::string act, std::string role,
                                std::string outcome, const DoorDetails& details) {
  REGMARK_TRY(desk.log.record(
      audit::Event{{audit::Operation::sign_in, std::move(act), base::day_of(desk.clock.now()),
                    std::move(role), std::move(outcome)},
                   text_of(details)}));
  return {};
}

Result<void> record_at_the_door(const Desk& desk, std::string act, const people::Session& session,
                                const std::optional<Error>& failure, std::string key) {
  return record_at_the_door(desk, std::move(act), role_of(session.person),
                            failure ? "failed" : "done",
                            {.person = session.person.id.text(),
                             .session = session.id.text(),
                             .key = std::move(key),
                             .why = failure ? failure->message : std::string()});
}

std::string role_of(const access::Person& person) {
  return person.roles.empty() ? "nobody" : std::string(access::name(person.roles.front()));
}

std::string account_of(const Desk& desk, std::string_view sign_in_name) {
  const auto found = desk.people.person_named(sign_in_name);
  return found && *found ? (*found)->text() : std::string();
}

tl::unexpected<Error> nobody_vouches() {
  return fail(ErrorCode::unavailable, "this office has no identity provider: use your password");
}

Result<std::string> sign_in_name_of(const Desk& desk, const people::Session& session) {
  auto name = desk.people.sign_in_name(session.person.id);
  if (!name && name.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, "there is no such session");
  }
  return name;
}

}  // namespace regmark::desk
