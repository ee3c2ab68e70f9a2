#include "estate/internal/snapshot.h"

#include <cstring>
#include <utility>

#include "base/check.h"

namespace regmark::estate::internal {
namespace {

std::uint64_t bucket(const base::Digest& token) {
  std::uint64_t number = 0;
  std::memcpy(&number, token.data(), sizeof number);
  return number;
}

// The earlier end, with its reason.
void end(Lifetime& life, const std::optional<base::UtcTime>& at, std::string_view why) {
  if (!at || (life.ended && *life.ended <= *at)) return;
  life.ended = at;
  life.why_ended = why;
}

template <typename Map, typename Id>
auto* find(const Map& map, const Id& id) {
  const auto found = map.find(id);
  return found == map.end() ? nullptr : &found->second;
}

template <typename Map>
auto records_of(const Map& map) {
  std::vector<decltype(map.begin()->second.record)> records;
  records.reserve(map.size());
  for (const auto& [id, row] : map) records.push_back(row.record);
  return records;
}

}  // namespace

Snapshot::Snapshot(Rows rows) : rows_(std::move(rows)) {
  for (const auto& [id, row] : rows_.cameras) {
    CameraLife camera;
    if (row.about.site) {
      at_site_[*row.about.site].push_back(&row);
      camera.lifetime = life(*row.about.site);
      camera.position = rows_.sites.at(*row.about.site).record.about.position;
    } else {
      REGMARK_CHECK(row.about.deployment);
      camera.lifetime = life(*row.about.deployment);
      camera.area = rows_.deployments.at(*row.about.deployment).record.about.area;
    }
    camera.lifetime.periods = cut(camera.lifetime.periods, {row.live_from, row.stopped_at});
    end(camera.lifetime, row.stopped_at, "the camera was stopped");
    lives_.emplace(id, std::move(camera));
    tokens_.emplace(bucket(row.token), &row);
  }
}

const SiteRow* Snapshot::site_row(const base::SiteId& id) const {
  return find(rows_.sites, id);
}

const DeploymentRow* Snapshot::deployment_row(const base::DeploymentId& id) const {
  return find(rows_.deployments, id);
}

const SiteRecord* Snapshot::site(const base::SiteId& id) const {
  const auto* row = find(rows_.sites, id);
  return row ? &row->record : nullptr;
}

std::vector<base::CameraId> Snapshot::cameras_at(const base::SiteId& site) const {
  std::vector<base::CameraId> cameras;
  const auto found = at_site_.find(site);
  if (found == at_site_.end()) return cameras;
  for (const auto* row : found->second) {
    if (!row->stopped_at) cameras.push_back(row->about.id);
  }
  return cameras;
}

std::vector<base::CameraId> Snapshot::cameras_near(const base::SiteId& site,
                                                   double distance_m) const {
  std::vector<base::CameraId> cameras;
  const base::Area area{rows_.sites.at(site).record.about.position, distance_m};
  for (const auto& [other, rows] : at_site_) {
    const auto& record = rows_.sites.at(other).record;
    if (other == site || record.state == State::stopped || !area.contains(record.about.position)) {
      continue;
    }
    for (const auto* row : rows) {
      if (!row->stopped_at) cameras.push_back(row->about.id);
    }
  }
  return cameras;
}

const DeploymentRecord* Snapshot::deployment(const base::DeploymentId& id) const {
  const auto* row = find(rows_.deployments, id);
  return row ? &row->record : nullptr;
}

const CameraRow* Snapshot::camera(const base::CameraId& id) const {
  return find(rows_.cameras, id);
}

std::vector<SiteRecord> Snapshot::sites() const {
  return records_of(rows_.sites);
}

std::vector<DeploymentRecord> Snapshot::deployments() const {
  return records_of(rows_.deployments);
}

std::vector<CameraRecord> Snapshot::cameras(base::UtcTime now) const {
  std::vector<CameraRecord> records;
  records.reserve(rows_.cameras.size());
  for (const auto& [id, row] : rows_.cameras) records.push_back(record(row, now));
  return records;
}

CameraRecord Snapshot::record(const CameraRow& row, base::UtcTime now) const {
  const auto& lifetime = lives_.at(row.about.id).lifetime;
  auto verdict = judge(lifetime, now);
  const bool over = lifetime.ended && *lifetime.ended <= now;
  return {row.about,        over ? State::stopped : State::live,
          row.live_from,    over ? lifetime.ended : std::nullopt,
          verdict.collects, std::move(verdict.why_not)};
}

const base::CameraId* Snapshot::holder(const base::Digest& token) const {
  const auto [first, last] = tokens_.equal_range(bucket(token));
  for (auto at = first; at != last; ++at) {
    if (base::equal_in_constant_time(at->second->token, token)) return &at->second->about.id;
  }
  return nullptr;
}

const Snapshot::CameraLife* Snapshot::life(const base::CameraId& camera) const {
  return find(lives_, camera);
}

Lifetime Snapshot::life(const base::SiteId& site) const {
  const auto& row = rows_.sites.at(site);
  Lifetime life{live_periods(row.decisions), std::nullopt, {}};
  if (!life.periods.empty()) {
    life.periods = cut(life.periods, {life.periods.front().from, row.record.stopped_at});
  }
  end(life, row.record.stopped_at, "the site was stopped");
  return life;
}

Lifetime Snapshot::life(const base::DeploymentId& deployment) const {
  const auto& row = rows_.deployments.at(deployment);
  const auto& about = row.record.about;
  Lifetime life{cut(live_periods(row.decisions), {about.from, about.until}), std::nullopt, {}};
  if (!life.periods.empty()) {
    life.periods = cut(life.periods, {life.periods.front().from, row.record.stopped_at});
  }
  end(life, about.until, "the deployment came to its end");
  end(life, row.record.stopped_at, "the deployment was stopped");
  return life;
}

}  // namespace regmark::estate::internal
