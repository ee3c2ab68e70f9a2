#include "desk/ask.h"

#include "desk/note_search.h"

namespace regmark::desk {
namespace {

// For which case this is held; nothing when there is no such hold.
Result<std::optional<access::HeldFor>> case_of(const Desk& desk, const std::string& hold) {
  const auto id = base::HoldId::parse(hold);
  if (!id) return std::nullopt;
  const auto record = desk.holds.find(*id);
  if (record) return record->held_for();
  if (record.error().code == ErrorCode::not_found) return std::nullopt;
  return tl::unexpected<Error>(record.error());
}

}  // namespace

Result<std::variant<audit::Receipt, Refused>> decide_and_record(const Desk& desk,
                                                                const Asker& asker, access::Act act,
                                                                access::Scope scope,
                                                                base::UtcTime now) {
  std::optional<access::Authority> stands_on;
  if (asker.authority) {
    // One that nobody knows is none: decide() says so, and the refusal is on record.
    const auto record = desk.authorities.find(*asker.authority);
    if (!record && record.error().code != ErrorCode::not_found) {
      return tl::unexpected<Error>(record.error());
    }
    // One search may use it up; what that found is seen with its pictures all the same.
    const bool is_picture =
        act == access::Act::search_sightings && plate::ReadId::parse(scope.subject).has_value();
    if (record) {
      stands_on =
          authority::value_of(*record, is_picture ? authority::UsedUp::stands_for_what_was_found
                                                  : authority::UsedUp::is_over);
    }
  }
  // Likewise a hold that nobody knows.
  std::optional<access::HeldFor> held_for;
  if (access::is_of_hold(act)) {
    REGMARK_ASSIGN(held_for, case_of(desk, scope.subject));
  }
  const access::Request request{asker.person,
                                act,
                                asker.purpose,
                                std::move(scope),
                                now,
                                asker.session_until,
                                std::move(stands_on),
                                std::move(held_for),
                                asker.operation,
                                asker.whom};
  auto decision = access::decide(desk.policy, request);
  if (std::holds_alternative<access::Permit>(decision)) {
    REGMARK_ASSIGN(auto against, against_register(desk, asker, act));
    if (against) decision = *std::move(against);
  }
  if (const auto* refusal = std::get_if<access::Refusal>(&decision)) {
    REGMARK_ASSIGN(const auto number, desk.log.record(request, *refusal));
    return Refused{number, *refusal};
  }
  REGMARK_ASSIGN(auto receipt, desk.log.record(std::get<access::Permit>(decision)));
  return receipt;
}

Result<void> record_key_change(const Desk& desk, const audit::Receipt& receipt,
                               std::string_view change) {
  REGMARK_TRY(desk.log.record(
      audit::Event{{audit::Operation::key, std::string(change), base::day_of(desk.clock.now()),
                    std::string(access::name(receipt.permit().role())), "done"},
                   "{\"receipt\":" + std::to_string(receipt.number()) + "}"}));
  return {};
}

}  // namespace regmark::desk
