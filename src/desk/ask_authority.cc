#include "desk/ask_authority.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

namespace {

access::Scope scope_of(const authority::Asking& asking, std::string subject) {
  auto scope = asking.scope;
  scope.subject = std::move(subject);
  return scope;
}

Result<const access::AuthorityRule*> rule_of(const Desk& desk, const authority::Asking& asking) {
  const auto* rule = desk.policy.authority(asking.kind);
  if (rule == nullptr) return fail(ErrorCode::invalid_input, "the policy knows no such authority");
  return rule;
}

// Why this officer could not have given it in writing; empty: they could.
std::vector<std::string> why_not(const Desk& desk, const Asker& asker,
                                 const authority::Asking& asking, const access::Person& officer) {
  const access::Authority asked{.id = base::AuthorityId::random(),
                                .kind = asking.kind,
                                .requester = asker.person.id,
                                .organisation = asker.person.organisation};
  const access::Request request{.person = officer,
                                .act = Act::decide_authority,
                                .purpose = asker.purpose,
                                .scope = about(asked.id.text()),
                                .now = desk.clock.now(),
                                .session_until = std::nullopt,
                                .authority = asked};
  const auto decision = access::decide(desk.policy, request);
  const auto* refusal = std::get_if<access::Refusal>(&decision);
  return refusal == nullptr ? std::vector<std::string>{} : refusal->reasons;
}

}  // namespace

Result<Answer<authority::Record>> ask_authority(const Desk& desk, const Asker& asker,
                                                const authority::Asking& asking) {
  REGMARK_TRY(rule_of(desk, asking));
  return ask(desk, asker, Act::ask_authority, scope_of(asking, asking.kind),
             [&](const Receipt& receipt) { return desk.authorities.ask(receipt, asking); });
}

Result<Answer<authority::Record>> record_oral_authority(const Desk& desk, const Asker& asker,
                                                        const authority::Asking& asking,
                                                        const base::PersonId& officer) {
  REGMARK_ASSIGN(const auto* rule, rule_of(desk, asking));
  REGMARK_ASSIGN(const auto giver, desk.people.find(officer));
  return ask(desk, asker, Act::ask_authority,
             scope_of(asking, asking.kind + " by word of mouth of " + officer.text()),
             [&](const Receipt& receipt) -> Result<authority::Record> {
               if (const auto reasons = why_not(desk, asker, asking, giver); !reasons.empty()) {
                 return fail(ErrorCode::conflict,
                             "this officer may not give it: " + reasons.front());
               }
               return desk.authorities.ask_given_orally(receipt, asking, giver, *rule);
             });
}

Result<Answer<authority::Record>> give_up_authority(const Desk& desk, const Asker& asker,
                                                    const base::AuthorityId& id,
                                                    std::string_view reason) {
  return ask(desk, asker, Act::ask_authority, about(id.text()), [&](const Receipt& receipt) {
    return desk.authorities.withdraw(receipt, id, reason);
  });
}

}  // namespace regmark::desk
