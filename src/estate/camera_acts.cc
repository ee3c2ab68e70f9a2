// What the acts did to each camera, as it is known now or was known then.
#include "estate/camera_acts.h"

#include "estate/internal/recorded_estate.h"

namespace regmark::estate::internal {
namespace {

// The last purpose that was decided by then; of a site that was only inherited nobody decided one.
std::string purpose_of(const SiteRow& site, base::UtcTime at) {
  std::string purpose;
  for (std::size_t i = 0; i < site.purposes.size() && site.purposes[i].at <= at; ++i) {
    const bool is_inherited = i == 0 && site.steps.front().step == Step::inherit;
    if (!is_inherited) purpose = site.purposes[i].word;
  }
  return purpose;
}

// What for a deployment was proposed, approved or extended last, by then.
std::string purpose_of(const DeploymentRow& deployment, base::UtcTime at) {
  std::string purpose;
  for (const auto& step : deployment.steps) {
    if (step.record.at <= at && step.grounds) purpose = step.grounds->category;
  }
  return purpose;
}

}  // namespace

Result<std::vector<CameraActs>> RecordedEstate::camera_acts(const Receipt& receipt,
                                                            base::UtcTime at,
                                                            base::UtcTime known) const {
  REGMARK_TRY(check_may_look(receipt, clock_.now()));
  const auto snapshot = current();
  const auto decided_by = std::min(at, known);
  std::vector<CameraActs> all;
  for (const auto& [id, row] : snapshot->camera_rows()) {
    const auto* life = snapshot->life(id);
    if (life->is_apart != (opened_by(receipt) == Kept::apart) || row.live_from > known) continue;
    CameraActs acts{.camera = id, .site = row.about.site, .installed = row.live_from};
    const auto& ended = life->lifetime.ended;
    if (ended && *ended <= known) acts.removed = std::max(*ended, row.live_from);
    if (row.about.site) {
      const auto& site = *snapshot->site_row(*row.about.site);
      acts.was_inherited = was_inherited(row, site);
      acts.purpose = purpose_of(site, decided_by);
    } else {
      acts.purpose = purpose_of(*snapshot->deployment_row(*row.about.deployment), decided_by);
    }
    all.push_back(std::move(acts));
  }
  return all;
}

}  // namespace regmark::estate::internal
