#include "estate/due.h"

#include <algorithm>
#include <tuple>

#include "estate/internal/due_of.h"
#include "estate/internal/recorded_estate.h"

namespace regmark::estate {

Urgency urgency_of(base::UtcDay due, std::optional<base::UtcDay> lapses,
                   const assessment::LifeRules& rules, base::UtcDay today) {
  if (lapses && today > *lapses) return Urgency::lapsed;
  if (today > due + rules.escalate) return Urgency::escalated;
  if (today > due) return Urgency::overdue;
  return today + rules.warn >= due ? Urgency::soon : Urgency::later;
}

std::vector<access::Role> told(Urgency urgency) {
  using access::Role;
  switch (urgency) {
    case Urgency::later:
      return {};
    case Urgency::soon:
    case Urgency::overdue:
      return {Role::anpr_manager};
    case Urgency::escalated:
    case Urgency::lapsed:
      return {Role::anpr_manager, Role::controller};
  }
  return {};
}

Result<DueCounts> Estate::count_due(records::Transaction& transaction, base::UtcDay today,
                                    const assessment::Guidance& guidance) {
  REGMARK_ASSIGN(auto rows, internal::load(transaction));
  const internal::Snapshot snapshot(std::move(rows), guidance.life());
  return internal::counts_due(snapshot, guidance.life(), today);
}

}  // namespace regmark::estate

namespace regmark::estate::internal {
namespace {

void count(DueCounts& counts, Urgency urgency) {
  counts.soon += urgency == Urgency::soon ? 1U : 0U;
  counts.overdue += urgency == Urgency::overdue ? 1U : 0U;
  counts.escalated += urgency == Urgency::escalated ? 1U : 0U;
  counts.lapsed += urgency == Urgency::lapsed ? 1U : 0U;
}

// Nothing collects less for want of a sign.
std::optional<base::UtcDay> lapse_of(Awaits awaits, base::UtcDay lapses) {
  if (awaits == Awaits::notice) return std::nullopt;
  return lapses;
}

}  // namespace

std::vector<ReviewDue> sites_due(const Snapshot& snapshot, const assessment::LifeRules& rules,
                                 base::UtcDay today) {
  std::vector<ReviewDue> due;
  const auto add = [&](const SiteRecord& record, base::UtcDay day, base::UtcDay until,
                       Awaits awaits) {
    const auto& id = record.about.id;
    due.push_back({id, record.about.name, urgency_of(day, lapse_of(awaits, until), rules, today),
                   day, until, snapshot.cameras_at(id), awaits});
  };
  for (const auto& [id, row] : snapshot.site_rows()) {
    const auto& record = row.record;
    if (is_apart(row) || record.state != State::live || !record.lapses) continue;
    // What was sent back, or takes the full path, waits for its assessment and not for a review.
    if (record.stage == Stage::live) {
      add(record, record.about.grounds.review, *record.lapses,
          ends_by_itself(record.path) ? Awaits::end : Awaits::review);
    }
    if (record.impact_due) {
      add(record, *record.impact_due, *record.impact_due + rules.grace, Awaits::impact);
    }
    if (const auto day = notice_due(row, rules)) add(record, *day, *record.lapses, Awaits::notice);
  }
  return due;
}

std::vector<DeploymentDue> deployments_due(const Snapshot& snapshot,
                                           const assessment::LifeRules& rules, base::UtcTime now) {
  std::vector<DeploymentDue> due;
  const auto today = base::day_of(now);
  for (const auto& [id, row] : snapshot.deployment_rows()) {
    const auto& record = row.record;
    const auto& about = record.about;
    if (is_apart(row) || record.state != State::live || about.until <= now) continue;
    // What ends by itself before its review is due waits for none.
    const auto review = about.grounds.review;
    if (review < base::day_of(about.until)) {
      due.push_back({id, about.name, urgency_of(review, review, rules, today), review, review,
                     Awaits::review});
    }
    if (record.impact_due) {
      const auto lapses = std::min(*record.impact_due + rules.grace, last_day(record));
      due.push_back({id, about.name, urgency_of(*record.impact_due, lapses, rules, today),
                     *record.impact_due, lapses, Awaits::impact});
    }
    if (const auto day = notice_due(row, rules)) {
      due.push_back({id, about.name, urgency_of(*day, std::nullopt, rules, today), *day,
                     last_day(record), Awaits::notice});
    }
  }
  return due;
}

DueCounts counts_due(const Snapshot& snapshot, const assessment::LifeRules& rules,
                     base::UtcTime now) {
  DueCounts counts;
  for (const auto& one : sites_due(snapshot, rules, base::day_of(now))) count(counts, one.urgency);
  for (const auto& one : deployments_due(snapshot, rules, now)) count(counts, one.urgency);
  return counts;
}

Result<std::vector<DeploymentDue>> RecordedEstate::deployments_due(const Receipt& receipt) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, access::Act::read_estate, now));
  auto due = internal::deployments_due(*current(), guidance_.life(), now);
  std::ranges::stable_sort(
      due, {}, [](const DeploymentDue& one) { return std::tie(one.due, one.deployment); });
  return due;
}

DueCounts RecordedEstate::due_counts() const {
  return counts_due(*current(), guidance_.life(), clock_.now());
}

}  // namespace regmark::estate::internal
