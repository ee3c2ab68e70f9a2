// How a step changes what it is taken of.
#include "estate/internal/snapshot.h"

namespace regmark::estate::internal {

bool take(SiteRow& site, StepRecord step) {
  auto& record = site.record;
  const auto next = after({record.path, record.stage, !site.decisions.empty()}, step.step);
  if (!next) return false;
  record.path = next->path;
  record.stage = next->stage;
  if (step.lapses) {
    record.lapses = step.lapses;
    site.decisions.push_back({step.at, *step.lapses});
  }
  site.steps.push_back(std::move(step));
  return true;
}

void take(DeploymentRow& deployment, DeploymentStep step) {
  auto& record = deployment.record;
  const auto& taken = step.record;
  if (step.grounds) record.about.grounds = *step.grounds;
  if (taken.until) record.about.until = *taken.until;
  if (taken.lapses) {
    record.state = State::live;
    record.approver = taken.by;
    if (!record.live_from) record.live_from = taken.at;
    deployment.decisions.push_back({taken.at, *taken.lapses});
  }
  if (taken.step == Step::stop) {
    record.state = State::stopped;
    record.stopped_at = taken.at;
    record.stop_reason = taken.words;
  }
  deployment.steps.push_back(std::move(step));
}

}  // namespace regmark::estate::internal
