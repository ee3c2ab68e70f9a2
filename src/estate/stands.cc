// Each stand that a camera's place had in a time, in order.
#include "estate/stands.h"

#include <algorithm>

#include "estate/internal/as_it_stood.h"
#include "estate/internal/recorded_estate.h"

namespace regmark::estate::internal {
namespace {

// What a justification says is the same.
template <typename Record>
bool is_same(const Record& one, const Record& other) {
  const auto& grounds = one.about.grounds;
  const auto& others = other.about.grounds;
  return grounds.need == others.need && grounds.category == others.category &&
         grounds.review == others.review && one.approver == other.approver &&
         one.live_from == other.live_from && one.stopped_at == other.stopped_at;
}

bool is_same(const Stand& one, const Stand& other) {
  if (one.site) return is_same(*one.site, *other.site);
  return is_same(*one.deployment, *other.deployment) &&
         one.deployment->about.until == other.deployment->about.until;
}

std::vector<base::UtcTime> changes_of(const SiteRow& row) {
  std::vector<base::UtcTime> times;
  for (const auto& step : row.steps) times.push_back(step.at);
  for (const auto& need : row.needs) times.push_back(need.at);
  return times;
}

std::vector<base::UtcTime> changes_of(const DeploymentRow& row) {
  std::vector<base::UtcTime> times;
  for (const auto& step : row.steps) times.push_back(step.record.at);
  return times;
}

// From its first change on, whether anything that counts here came with each or not.
template <typename Row, typename StandAt>
std::vector<Stand> all_stands(const Row& row, const StandAt& stand_at) {
  auto times = changes_of(row);
  std::ranges::sort(times);
  std::vector<Stand> stands;
  for (const auto at : times) {
    Stand stand = stand_at(at);
    stand.from = at;
    if (!stands.empty()) {
      if (is_same(stands.back(), stand)) continue;
      stands.back().until = at;
    }
    stands.push_back(std::move(stand));
  }
  return stands;
}

}  // namespace

Result<std::vector<Stand>> RecordedEstate::stands(const Receipt& receipt,
                                                  const base::CameraId& camera,
                                                  const access::Window& window) const {
  REGMARK_TRY(check_may_look(receipt, clock_.now()));
  const auto snapshot = current();
  const auto* row = snapshot->camera(camera);
  if (row == nullptr || snapshot->life(camera)->is_apart != (opened_by(receipt) == Kept::apart)) {
    return not_found("camera");
  }
  std::vector<Stand> stands;
  if (row->about.site) {
    const auto& site = *snapshot->site_row(*row->about.site);
    stands = all_stands(site, [&](base::UtcTime at) {
      return Stand{.site = as_it_stood(site, at, guidance_.life()).record};
    });
  } else {
    const auto& deployment = *snapshot->deployment_row(*row->about.deployment);
    stands = all_stands(deployment, [&](base::UtcTime at) {
      return Stand{.deployment = as_it_stood(deployment, at).record};
    });
  }
  std::erase_if(stands, [&](const Stand& stand) {
    return stand.from >= window.until || (stand.until && *stand.until <= window.from);
  });
  return stands;
}

}  // namespace regmark::estate::internal
