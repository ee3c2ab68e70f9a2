#include "desk/ask_authority.h"

#include <algorithm>

#include "base/words.h"
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
  if (rule != nullptr) return rule;
  const auto kinds = desk.policy.authority_kinds();
  return fail(ErrorCode::invalid_input,
              kinds.empty()
                  ? "the policy knows no authority"
                  : "the policy knows no such authority; it knows: " + base::joined(kinds));
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

// What they could do with it, were it granted now as it is asked for. Time only takes away from
// that: what is refused now for its age or its category is refused for good.
Result<void> check_of_use(const Desk& desk, const Asker& asker, const authority::Asking& asking) {
  const auto now = desk.clock.now();
  REGMARK_TRY(authority::check(asking, now));
  access::Request request{.person = asker.person,
                          .act = asking.act,
                          .purpose = asker.purpose,
                          .scope = asking.scope,
                          .now = now};
  // Fewer rows than were asked for are of use as well; a hold is of all that it finds.
  if (asking.act != Act::hold_sightings) request.scope.rows_max = 1;
  auto& window = request.scope.window;
  // It may have been asked for a while before: from then on it looks ahead.
  if (window && access::looks_ahead(asking.act)) window->from = std::max(window->from, now);
  request.authority = access::Authority{.id = base::AuthorityId::random(),
                                        .kind = asking.kind,
                                        .requester = asker.person.id,
                                        .organisation = asker.person.organisation,
                                        .granted_by = base::PersonId::random(),
                                        .act = asking.act,
                                        .category = asker.purpose.category,
                                        .reference = asker.purpose.reference,
                                        .scope = request.scope,
                                        .valid_until = now + std::chrono::hours{1}};
  const auto decision = access::decide(desk.policy, request);
  const auto* refusal = std::get_if<access::Refusal>(&decision);
  if (refusal == nullptr) return {};
  return fail(ErrorCode::invalid_input,
              "with such an authority you could do nothing: " + base::joined(refusal->reasons));
}

}  // namespace

Result<Answer<authority::Record>> ask_authority(const Desk& desk, const Asker& asker,
                                                const authority::Asking& asking) {
  REGMARK_TRY(rule_of(desk, asking));
  return ask(desk, asker, Act::ask_authority, scope_of(asking, asking.kind),
             [&](const Receipt& receipt) -> Result<authority::Record> {
               REGMARK_TRY(check_of_use(desk, asker, asking));
               return desk.authorities.ask(receipt, asking);
             });
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
               REGMARK_TRY(check_of_use(desk, asker, asking));
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
