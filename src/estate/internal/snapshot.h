// The whole estate in memory, as it stood after the last change. Immutable: read it from any number
// of threads, and judge by the clock at each call.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/crypto.h"
#include "estate/estate.h"
#include "estate/internal/lifetime.h"

namespace regmark::estate::internal {

// For what cameras may stand at a place, from that instant on.
struct Purpose {
  base::UtcTime at;
  std::string word;
};

// Why it stands, as it was last said, from that instant on.
struct Need {
  base::UtcTime at;
  std::string words;
  std::string category;
};

// As they stand in the records.
struct SiteRow {
  SiteRecord record;
  std::vector<Decision> decisions;
  std::vector<StepRecord> steps;
  // Of a short one: when its impact assessment was written whole.
  std::optional<base::UtcTime> impact_at{};
  std::optional<base::UtcTime> notice_at{};  // when its first public_notice was written
  std::vector<Purpose> purposes{};           // in the order in which they were decided
  std::vector<Need> needs{};                 // in the order in which they were said
};
// Puts a step in force. Gives false, and does nothing, when it does not follow.
bool take(SiteRow& site, StepRecord step);
struct DeploymentStep {
  StepRecord record;
  std::optional<Grounds> grounds;  // that were decided with it
};
struct DeploymentRow {
  DeploymentRecord record;
  base::UtcTime first_until;  // when it was to end before anybody extended it
  std::vector<Decision> decisions{};
  std::vector<DeploymentStep> steps{};
  std::optional<base::UtcTime> impact_at{};
  std::optional<base::UtcTime> notice_at{};
};
// Puts a step in force.
void take(DeploymentRow& deployment, DeploymentStep step);
struct CameraRow {
  NewCamera about;
  base::UtcTime live_from;
  std::optional<base::UtcTime> stopped_at;
  base::Digest token;  // SHA-256 of it
};

struct Rows {
  std::map<base::SiteId, SiteRow> sites;
  std::map<base::DeploymentId, DeploymentRow> deployments;
  std::map<base::CameraId, CameraRow> cameras;
};

// Those that everybody sees who may see the estate, or those that are kept apart.
enum class Kept : std::uint8_t { openly, apart };

// When the impact assessment of a short site is due that has none; nothing: it needs none, or has
// one.
std::optional<base::UtcDay> impact_due(const SiteRow& site, const assessment::LifeRules& rules);
// Of a deployment, not after its own last day.
std::optional<base::UtcDay> impact_due(const DeploymentRow& deployment,
                                       const assessment::LifeRules& rules);
// When signs and public information are due of what is short and nobody said that they are there;
// nothing: they are, or are not asked for. What takes the full path says it at its commissioning.
// Without them it collects all the same.
std::optional<base::UtcDay> notice_due(const SiteRow& site, const assessment::LifeRules& rules);
std::optional<base::UtcDay> notice_due(const DeploymentRow& deployment,
                                       const assessment::LifeRules& rules);
// When it may collect, cameras or none.
Lifetime lifetime_of(const SiteRow& site, const assessment::LifeRules& rules);
Lifetime lifetime_of(const DeploymentRow& deployment, const assessment::LifeRules& rules);
// Writes it into the record, as of that instant.
template <typename Record>
void note_whether_it_collects(Record& record, const Lifetime& life, base::UtcTime at) {
  auto verdict = judge(life, at);
  record.collects_now = verdict.collects;
  record.why_not = std::move(verdict.why_not);
}

class Snapshot {
 public:
  // Every camera's site or deployment must be among the rows: the records see to it.
  Snapshot(Rows rows, const assessment::LifeRules& rules);
  Snapshot(const Snapshot&) = delete;  // it points into itself
  Snapshot& operator=(const Snapshot&) = delete;

  // Nothing: there is none of that id.
  const SiteRow* site_row(const base::SiteId& id) const;
  const DeploymentRow* deployment_row(const base::DeploymentId& id) const;
  const SiteRecord* site(const base::SiteId& id) const;
  const DeploymentRecord* deployment(const base::DeploymentId& id) const;
  const CameraRow* camera(const base::CameraId& id) const;

  const std::map<base::SiteId, SiteRow>& site_rows() const { return rows_.sites; }
  const std::map<base::DeploymentId, DeploymentRow>& deployment_rows() const {
    return rows_.deployments;
  }
  const std::map<base::CameraId, CameraRow>& camera_rows() const { return rows_.cameras; }
  // Those that were neither stopped themselves by then, nor belong elsewhere; now or at that time.
  std::vector<base::CameraId> cameras_at(const base::SiteId& site,
                                         std::optional<base::UtcTime> at = std::nullopt) const;
  std::vector<base::CameraId> cameras_of(const base::DeploymentId& deployment,
                                         std::optional<base::UtcTime> at = std::nullopt) const;
  // Of other sites that are not kept apart, not further away than that.
  std::vector<base::CameraId> cameras_near(const base::SiteId& site, double distance_m,
                                           std::optional<base::UtcTime> at = std::nullopt) const;
  // Every one that was put up there until then, in the order of their ids.
  std::vector<const CameraRow*> cameras_ever_at(
      const base::SiteId& site, std::optional<base::UtcTime> at = std::nullopt) const;

  std::vector<SiteRecord> sites(Kept kept, base::UtcTime now) const;
  std::vector<DeploymentRecord> deployments(Kept kept, base::UtcTime now) const;
  std::vector<CameraRecord> cameras(Kept kept, base::UtcTime now) const;
  // On which it was put up; nothing: it stood before these records began.
  std::optional<base::UtcDay> put_up_on(const CameraRow& camera) const;
  std::size_t site_count() const { return rows_.sites.size(); }
  std::size_t deployment_count() const { return rows_.deployments.size(); }
  std::size_t camera_count() const { return rows_.cameras.size(); }

  // Whose token has this hash; nobody's gives none.
  const base::CameraId* holder(const base::Digest& token) const;

  struct CameraLife {
    std::optional<base::Position> position;
    std::optional<base::Area> area;
    Lifetime lifetime;
    bool is_apart = false;
  };
  // None: there is no such camera.
  const CameraLife* life(const base::CameraId& camera) const;
  // When a site or deployment may collect, cameras or none.
  Lifetime life(const base::SiteId& site) const;
  Lifetime life(const base::DeploymentId& deployment) const;

 private:
  CameraRecord record(const CameraRow& row, base::UtcTime now) const;

  Rows rows_;
  assessment::LifeRules rules_;
  std::unordered_map<base::CameraId, CameraLife> lives_;
  std::map<base::SiteId, std::vector<const CameraRow*>> at_site_;
  // By the first eight bytes of the hash, as a number; the whole hash is compared afterwards.
  std::unordered_multimap<std::uint64_t, const CameraRow*> tokens_;
};

// After its last day of collecting: it lapsed, or ended.
inline bool is_past(const std::optional<base::UtcDay>& lapses, base::UtcTime now) {
  return lapses && overdue_from(*lapses) <= now;
}
// A step that sent back what had lapsed by then: it lets nothing collect, and everything is
// assessed anew.
inline bool sent_back_lapsed(const StepRecord& step) {
  return step.step == Step::reassess && is_past(step.lapses, step.at);
}

// Withdrawn, or refused before it ever collected; cameras may have been put up for it.
inline bool never_came_to_be(const SiteRow& site) {
  return site.record.stage == Stage::withdrawn || site.record.stage == Stage::refused;
}

// The last on which it stands.
inline base::UtcDay last_day(const DeploymentRecord& deployment) {
  return base::day_of(deployment.about.until - std::chrono::microseconds{1});
}

// It came with its site, and stood before.
inline bool was_inherited(const CameraRow& camera, const SiteRow& site) {
  const auto& first = site.steps.front();
  return first.step == Step::inherit && camera.live_from == first.at;
}

}  // namespace regmark::estate::internal
