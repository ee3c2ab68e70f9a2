#include "estate/internal/as_it_stood.h"

namespace regmark::estate::internal {

SiteRow as_it_stood(const SiteRow& row, base::UtcTime as_of, const assessment::LifeRules& rules) {
  SiteRow then{row.record, {}, {}};
  auto& record = then.record;
  record.path = record.about.path;
  record.stage = Stage::nothing;
  record.state = State::proposed;
  record.approver.reset();
  record.live_from.reset();
  record.stopped_at.reset();
  record.stop_reason.clear();
  record.lapses.reset();
  std::optional<base::PersonId> decider;
  for (const auto& step : row.steps) {
    if (step.at > as_of) break;
    take(then, step);
    if (step.step == Step::decide) decider = step.by;
    if (step.step == Step::begin) record.approver = decider;
    if (step.review) record.about.grounds.review = *step.review;
    if (record.stage == Stage::live) {
      record.state = State::live;
      if (!record.live_from) record.live_from = step.at;
      if (step.step == Step::approve || step.step == Step::extend) record.approver = step.by;
    }
    if (step.step == Step::stop || (step.step == Step::refuse && record.live_from)) {
      record.state = State::stopped;
      record.stopped_at = step.at;
      record.stop_reason = step.words;
    }
  }
  for (const auto& need : row.needs) {
    if (need.at > as_of) break;
    record.about.grounds.need = need.words;
    record.about.grounds.category = need.category;
  }
  if (row.impact_at && *row.impact_at <= as_of) then.impact_at = row.impact_at;
  record.impact_due = impact_due(then, rules);
  return then;
}

DeploymentRow as_it_stood(const DeploymentRow& row, base::UtcTime as_of) {
  DeploymentRow then{row.record, row.first_until};
  auto& record = then.record;
  record.about.until = row.first_until;
  record.state = State::proposed;
  record.approver.reset();
  record.live_from.reset();
  record.stopped_at.reset();
  record.stop_reason.clear();
  for (const auto& step : row.steps) {
    if (step.record.at <= as_of) take(then, step);
  }
  if (row.impact_at && *row.impact_at <= as_of) then.impact_at = row.impact_at;
  return then;
}

}  // namespace regmark::estate::internal
