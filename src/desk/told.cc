#include "desk/told.h"

namespace regmark::desk {
namespace {

std::string word_of(const authority::Record& record) {
  using authority::State;
  if (record.state == State::asked || record.state == State::refused ||
      record.state == State::withdrawn) {
    return std::string(name(record.state));
  }
  if (!record.is_oral) return "granted";
  return record.confirmed_at ? "confirmed" : "given_orally";
}

}  // namespace

void tell(audit::Outcome& outcome, const authority::Record& record) {
  outcome.result = word_of(record);
  outcome.told = {{"authority", record.id.text()},
                  {"kind", record.asked.kind},
                  {"act", std::string(access::name(record.asked.act))},
                  {"requester", record.requester.text()}};
  if (record.decided_by) outcome.told.push_back({"given_by", record.decided_by->text()});
  if (record.valid_until) {
    outcome.told.push_back({"valid_until", base::format_utc(*record.valid_until)});
    outcome.told.push_back({"uses", std::to_string(record.uses_max)});
  }
  outcome.scope = record.granted ? *record.granted : record.asked.scope;
}

void tell(audit::Outcome& outcome, const oversight::Review& review) {
  outcome.result = name(review.state);
  outcome.told = {{"search", std::to_string(review.search.receipt)}};
}

void tell(audit::Outcome& outcome, const holds::Record& hold) {
  outcome.told = {{"review", base::format_day(hold.review)}, {"why", hold.words}};
}

void tell(audit::Outcome& outcome, const Held& held) {
  outcome.told = {{"review", base::format_day(held.review)}};
}

void tell(audit::Outcome& outcome, const Released& released) {
  outcome.told = {{"why", released.why}, {"owner", released.owner.text()}};
}

void tell(audit::Outcome& outcome, const alerts::Alert& alert) {
  outcome.told = {{"state", std::string(alerts::name(alert.state))}};
  if (!alert.outcome.empty()) outcome.told.push_back({"outcome", alert.outcome});
  if (alert.assigned_to) outcome.told.push_back({"assigned_to", alert.assigned_to->text()});
}

}  // namespace regmark::desk
