#include "desk/decide_authority.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;
using authority::Record;

namespace {

// Asks for leave to decide about this one: decide() looks at whose it is.
template <typename Work>
Result<Answer<Record>> decide_about(const Desk& desk, Asker asker, const base::AuthorityId& id,
                                    const Work& work) {
  asker.authority = id;
  return ask(desk, asker, Act::decide_authority, about(id.text()), work);
}

authority::Grant grant_of(const Record& record, const GrantLimits& limits) {
  authority::Grant grant{limits.valid, limits.uses, record.asked.scope, limits.reason};
  if (limits.plate) grant.scope.plate = *limits.plate;
  if (limits.cameras) grant.scope.cameras = *limits.cameras;
  if (limits.window) grant.scope.window = *limits.window;
  return grant;
}

// The permit says that the policy knows this kind.
Result<const access::AuthorityRule*> rule_of(const Desk& desk, const Record& record) {
  const auto* rule = desk.policy.authority(record.asked.kind);
  if (rule == nullptr) return fail(ErrorCode::conflict, "the policy knows no such authority now");
  return rule;
}

}  // namespace

Result<Answer<Record>> grant_authority(const Desk& desk, const Asker& asker,
                                       const base::AuthorityId& id, const GrantLimits& limits) {
  return decide_about(desk, asker, id, [&](const Receipt& receipt) -> Result<Record> {
    REGMARK_ASSIGN(const auto record, desk.authorities.find(id));
    REGMARK_ASSIGN(const auto* rule, rule_of(desk, record));
    return desk.authorities.grant(receipt, id, grant_of(record, limits), *rule);
  });
}

Result<Answer<Record>> refuse_authority(const Desk& desk, const Asker& asker,
                                        const base::AuthorityId& id, std::string_view reason) {
  return decide_about(desk, asker, id, [&](const Receipt& receipt) {
    return desk.authorities.refuse(receipt, id, reason);
  });
}

Result<Answer<Record>> confirm_authority(const Desk& desk, const Asker& asker,
                                         const base::AuthorityId& id, const GrantLimits& limits) {
  return decide_about(desk, asker, id, [&](const Receipt& receipt) -> Result<Record> {
    REGMARK_ASSIGN(const auto record, desk.authorities.find(id));
    REGMARK_ASSIGN(const auto* rule, rule_of(desk, record));
    return desk.authorities.confirm(receipt, id, grant_of(record, limits), *rule);
  });
}

Result<Answer<Record>> withdraw_authority(const Desk& desk, const Asker& asker,
                                          const base::AuthorityId& id, std::string_view reason) {
  return decide_about(desk, asker, id, [&](const Receipt& receipt) {
    return desk.authorities.withdraw(receipt, id, reason);
  });
}

}  // namespace regmark::desk
