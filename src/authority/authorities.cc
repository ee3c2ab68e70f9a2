#include "authority/authorities.h"

#include <algorithm>

#include "access/cover.h"
#include "authority/internal/rows.h"
#include "base/words.h"

namespace regmark::authority {

using access::Act;
using audit::Receipt;
using records::Transaction;

namespace {

// As access wants it of whoever stands on it.
Result<void> check_window(const Asking& asking, base::UtcTime now) {
  const auto& window = asking.scope.window;
  if (!window || window->from >= window->until) {
    return fail(ErrorCode::invalid_input, "say from when until when");
  }
  if (access::looks_ahead(asking.act)) {
    if (window->until <= now) {
      return fail(ErrorCode::invalid_input, "tracking is of what is still to come");
    }
  } else if (window->until > now + access::clock_tolerance) {
    return fail(ErrorCode::invalid_input, "the window must not end in the future");
  }
  return {};
}

Result<void> check_reason(std::string_view reason) {
  return base::check_words("the reason", reason, words_size_max);
}

Result<void> check(const Grant& grant, const Record& record, const access::AuthorityRule& rule) {
  REGMARK_TRY(check_reason(grant.reason));
  if (grant.valid <= std::chrono::hours(0) || grant.valid > rule.valid_max) {
    return fail(ErrorCode::invalid_input,
                "it may be valid for 1 to " + std::to_string(rule.valid_max.count()) + " hours");
  }
  if (grant.uses == 0 || grant.uses > rule.uses_max) {
    return fail(ErrorCode::invalid_input,
                "it may be used 1 to " + std::to_string(rule.uses_max) + " times");
  }
  if (!access::can_cover(grant.scope.plate) ||
      !access::scope_covers(record.asked.scope, grant.scope)) {
    return fail(ErrorCode::invalid_input, "an authority may not reach further than was asked");
  }
  return {};
}

tl::unexpected<Error> past(const Record& record) {
  return fail(ErrorCode::conflict, "it is " + std::string(name(record.state)) + " already");
}

Record asked_under(const Receipt& receipt, const Asking& asking, base::UtcTime now) {
  const auto& permit = receipt.permit();
  return {.id = base::AuthorityId::random(),
          .asked = asking,
          .purpose = permit.purpose(),
          .requester = permit.person().id,
          .organisation = permit.person().organisation,
          .asked_at = now};
}

void decide(Record& record, const access::Person& officer, const Grant& grant, base::UtcTime now) {
  record.state = State::granted;
  record.granted = grant.scope;
  record.decided_by = officer.id;
  record.decided_rank = officer.rank;
  record.decided_at = now;
  record.decision = grant.reason;
  record.valid_until = now + grant.valid;
  record.uses_max = std::max(record.uses, grant.uses);
}

// Asking again must not take the place of an officer's word.
Result<void> check_waiting(Transaction& transaction, const base::PersonId& requester,
                           base::UtcTime now) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT COUNT(*), COALESCE(MIN(confirm_by), ?2 + 1) FROM authorities "
                      "WHERE requester = ?1 AND is_oral = 1 AND confirmed_at IS NULL AND "
                      "ended_at IS NULL",
                      {requester.text(), records::value_of(now)}));
  const auto& row = rows.front();
  if (row.time(1) <= now) {
    return fail(ErrorCode::conflict,
                "one that you were given by word of mouth was not confirmed in time: it must be "
                "confirmed or withdrawn first");
  }
  if (row.integer(0) >= static_cast<std::int64_t>(oral_waiting_max)) {
    return fail(ErrorCode::conflict,
                std::to_string(oral_waiting_max) +
                    " that you were given by word of mouth are not confirmed yet");
  }
  return {};
}

}  // namespace

Result<void> check(const Asking& asking, base::UtcTime now) {
  const auto& scope = asking.scope;
  const auto allowed = {Act::search_sightings, Act::find_convoys, Act::track_plate,
                        Act::hold_sightings, Act::export_evidence};
  if (std::ranges::find(allowed, asking.act) == allowed.end()) {
    return fail(ErrorCode::invalid_input,
                "an authority is for searching, for convoys, tracking, holding or exporting");
  }
  REGMARK_TRY(check_window(asking, now));
  if (scope.rows_max == 0) return fail(ErrorCode::invalid_input, "say how many rows at most");
  if (!access::can_cover(scope.plate)) {
    return fail(ErrorCode::invalid_input,
                "this pattern is too rich to say what lies within it: name more of the plate");
  }
  return {};
}

std::string_view name(State state) {
  switch (state) {
    case State::asked:
      return "asked";
    case State::granted:
      return "granted";
    case State::refused:
      return "refused";
    case State::withdrawn:
      return "withdrawn";
    case State::used_up:
      return "used_up";
    case State::run_out:
      return "run_out";
  }
  return "unknown";
}

access::Authority value_of(const Record& record, UsedUp used_up) {
  const bool stands =
      record.state == State::granted ||
      (record.state == State::used_up && used_up == UsedUp::stands_for_what_was_found);
  return {.id = record.id,
          .kind = record.asked.kind,
          .requester = record.requester,
          .organisation = record.organisation,
          .granted_by = stands ? record.decided_by : std::nullopt,
          .act = record.asked.act,
          .category = record.purpose.category,
          .reference = record.purpose.reference,
          .scope = stands ? *record.granted : record.asked.scope,
          .valid_until = stands ? *record.valid_until : base::UtcTime{}};
}

Result<Record> Authorities::add(const Record& record) {
  REGMARK_TRY(database_.write(
      [&](Transaction& transaction) -> Result<void> { return insert(transaction, record); }));
  return record;
}

Result<Record> Authorities::ask(const Receipt& receipt, const Asking& asking) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::ask_authority, now));
  REGMARK_TRY(check(asking, now));
  return add(asked_under(receipt, asking, now));
}

Result<Record> Authorities::ask_given_orally(const Receipt& receipt, const Asking& asking,
                                             const access::Person& officer,
                                             const access::AuthorityRule& rule) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::ask_authority, now));
  REGMARK_TRY(check(asking, now));
  if (rule.oral_confirmed_within <= std::chrono::hours(0)) {
    return fail(ErrorCode::invalid_input, "this authority cannot be given by word of mouth");
  }
  auto record = asked_under(receipt, asking, now);
  decide(record, officer,
         {.valid = rule.oral_confirmed_within,
          .uses = 1,
          .scope = asking.scope,
          .reason = "by word of mouth, as the requester says"},
         now);
  record.is_oral = true;
  record.confirm_by = record.valid_until;
  REGMARK_TRY(database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(check_waiting(transaction, record.requester, now));
    return insert(transaction, record);
  }));
  return record;
}

Result<Record> Authorities::grant(const Receipt& receipt, const base::AuthorityId& id,
                                  const Grant& grant, const access::AuthorityRule& rule) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::decide_authority, id.text(), now));
  return database_.write([&](Transaction& transaction) -> Result<Record> {
    REGMARK_ASSIGN(auto record, select(transaction, id, now));
    if (record.state != State::asked) return past(record);
    REGMARK_TRY(check(grant, record, rule));
    decide(record, receipt.permit().person(), grant, now);
    REGMARK_TRY(update(transaction, record));
    return record;
  });
}

Result<Record> Authorities::refuse(const Receipt& receipt, const base::AuthorityId& id,
                                   std::string_view reason) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::decide_authority, id.text(), now));
  REGMARK_TRY(check_reason(reason));
  return database_.write([&](Transaction& transaction) -> Result<Record> {
    REGMARK_ASSIGN(auto record, select(transaction, id, now));
    if (record.state != State::asked) return past(record);
    const auto& officer = receipt.permit().person();
    record.state = State::refused;
    record.decided_by = officer.id;
    record.decided_rank = officer.rank;
    record.decided_at = now;
    record.decision = reason;
    REGMARK_TRY(update(transaction, record));
    return record;
  });
}

Result<Record> Authorities::confirm(const Receipt& receipt, const base::AuthorityId& id,
                                    const Grant& grant, const access::AuthorityRule& rule) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::decide_authority, id.text(), now));
  return database_.write([&](Transaction& transaction) -> Result<Record> {
    REGMARK_ASSIGN(auto record, select(transaction, id, now));
    if (!record.is_unanswered()) return past(record);
    if (record.decided_by != receipt.permit().person().id) {
      return fail(ErrorCode::conflict, "whoever gave it by word of mouth must confirm it");
    }
    REGMARK_TRY(check(grant, record, rule));
    decide(record, receipt.permit().person(), grant, now);
    record.confirmed_at = now;
    REGMARK_TRY(update(transaction, record));
    return record;
  });
}

Result<Record> Authorities::withdraw(const Receipt& receipt, const base::AuthorityId& id,
                                     std::string_view reason) {
  const auto now = clock_.now();
  const auto& permit = receipt.permit();
  const bool by_requester = permit.act() == Act::ask_authority;
  REGMARK_TRY(audit::check_open(receipt, by_requester ? Act::ask_authority : Act::decide_authority,
                                id.text(), now));
  REGMARK_TRY(check_reason(reason));
  return database_.write([&](Transaction& transaction) -> Result<Record> {
    REGMARK_ASSIGN(auto record, select(transaction, id, now));
    if (by_requester && record.requester != permit.person().id) {
      return fail(ErrorCode::not_found, "there is no such authority");
    }
    // The last use may be going on.
    const bool goes_on = record.state == State::used_up && access::looks_ahead(record.asked.act) &&
                         now < *record.valid_until;
    const bool is_open = record.state == State::asked || record.state == State::granted || goes_on;
    const bool may = by_requester ? is_open && !(record.is_unanswered() && record.uses > 0)
                                  : is_open || record.is_unanswered();
    if (!may) return past(record);
    record.state = State::withdrawn;
    record.ended_at = now;
    record.end_reason = reason;
    REGMARK_TRY(update(transaction, record));
    return record;
  });
}

Result<void> Authorities::use(const Receipt& receipt) {
  const auto& permit = receipt.permit();
  if (!permit.authority()) return {};
  const auto now = clock_.now();
  return database_.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run(
        "UPDATE authorities SET uses = uses + 1 WHERE id = ?1 AND requester = ?2 AND "
        "state = 'granted' AND uses < uses_max AND valid_until > ?3",
        {permit.authority()->text(), permit.person().id.text(), records::value_of(now)}));
    if (transaction.changed() == 1) return {};
    return fail(ErrorCode::conflict, "the authority was withdrawn, has run out or is used up");
  });
}

Result<Record> Authorities::find(const base::AuthorityId& id) const {
  return database_.read(
      [&](Transaction& transaction) { return select(transaction, id, clock_.now()); });
}

Result<std::vector<Record>> Authorities::latest(
    const Receipt& receipt, std::size_t count,
    const std::vector<std::string>& kinds_from_above) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_authorities, now));
  const auto& permit = receipt.permit();
  const bool decides = std::ranges::find(permit.person().roles, access::Role::authoriser) !=
                       permit.person().roles.end();
  return database_.read([&](Transaction& transaction) {
    count = std::min(count, records_max);
    return decides ? select_to_decide(transaction, permit.person(), kinds_from_above, count, now)
                   : select_asked_by(transaction, permit.person().id, count, now);
  });
}

Result<std::uint64_t> Authorities::overdue(std::chrono::days since) const {
  return database_.read(
      [&](Transaction& transaction) { return count_overdue(transaction, clock_.now() - since); });
}

Result<std::vector<Record>> Authorities::overdue_ones(const std::string& organisations) const {
  return database_.read([&](Transaction& transaction) {
    return select_overdue(transaction, organisations, records_max, clock_.now());
  });
}

}  // namespace regmark::authority
