#include "estate/internal/snapshot.h"

#include <cstring>
#include <string>
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
auto records_of(const Map& map, Kept kept) {
  std::vector<decltype(map.begin()->second.record)> records;
  records.reserve(map.size());
  for (const auto& [id, row] : map) {
    if (is_apart(row.record) == (kept == Kept::apart)) records.push_back(row.record);
  }
  return records;
}

// It stood there at that time, or stands there now.
bool stands(const CameraRow& camera, std::optional<base::UtcTime> at) {
  if (!at) return !camera.stopped_at;
  return camera.live_from <= *at && (!camera.stopped_at || *camera.stopped_at > *at);
}

// From when a camera may collect that was put up then. Between a decision and the next beginning it
// waits for that, whatever the site's other cameras still do: nobody tested it yet. Nothing: it was
// not begun.
std::optional<base::UtcTime> may_collect_from(const SiteRow& site, base::UtcTime put_up) {
  bool is_waiting = false;
  for (const auto& step : site.steps) {
    if (step.step == Step::decide && step.at <= put_up) is_waiting = true;
    if (step.step != Step::begin || !is_waiting) continue;
    if (step.at >= put_up) return step.at;
    is_waiting = false;
  }
  if (is_waiting) return std::nullopt;
  return put_up;
}

bool was_over(const SiteRecord& site, std::optional<base::UtcTime> at) {
  return at ? site.stopped_at && *site.stopped_at <= *at : site.state == State::stopped;
}

bool needs_impact(const SiteRow& site) {
  return site.record.about.path == Path::under_twelve_months && !site.decisions.empty();
}

bool needs_impact(const DeploymentRow& deployment) {
  return !is_apart(deployment.record) && !deployment.decisions.empty();
}

// The day from which the impact assessment of something short is waited for.
base::UtcDay began(const SiteRow& site) {
  return base::day_of(site.decisions.front().at);
}
base::UtcDay began(const DeploymentRow& deployment) {
  return base::day_of(std::max(deployment.decisions.front().at, deployment.record.about.from));
}

// Decisions on something short hold no longer than its impact assessment is waited for; once it is
// written, they hold again from then on.
template <typename ShortRow>
std::vector<Decision> decisions_in_force(const ShortRow& row, const assessment::LifeRules& rules) {
  if (!needs_impact(row)) return row.decisions;
  const auto last = began(row) + rules.short_impact + rules.grace;
  const auto& written = row.impact_at;
  if (written && *written < overdue_from(last)) return row.decisions;
  std::vector<Decision> held;
  std::optional<Decision> waiting;  // what holds again once it is written
  for (const auto& decision : row.decisions) {
    if (written && decision.at >= *written) {
      if (waiting) held.push_back(*std::exchange(waiting, std::nullopt));
      held.push_back(decision);
      continue;
    }
    waiting.reset();
    if (written && overdue_from(decision.review) > *written) waiting = {*written, decision.review};
    if (decision.at < overdue_from(last)) {
      held.push_back({decision.at, std::min(decision.review, last)});
    }
  }
  if (waiting) held.push_back(*waiting);
  return held;
}

// What it lapses for: for want of its impact assessment where that ended it, also where it was
// written since; or `otherwise` on that day.
template <typename ShortRow>
void name_lapse(Lifetime& life, const ShortRow& row, std::string_view otherwise, base::UtcDay day,
                const assessment::LifeRules& rules) {
  const auto name = [&](std::string_view why, base::UtcDay on) {
    life.why_lapsed = std::string(why) + " " + base::format_day(on);
  };
  name(otherwise, day);
  if (!needs_impact(row) || life.periods.empty()) return;
  const auto due = began(row) + rules.short_impact;
  const auto last = due + rules.grace;
  if (last < day && life.periods.back().until == overdue_from(last)) {
    name("impact assessment was due", due);
  }
}

// Its last step that let it collect was to be followed by a review, and that never came in time.
bool missed_its_review(const SiteRow& site) {
  if (is_short(site.record.path)) return false;
  bool missed = false;
  for (const auto& step : site.steps) {
    if (step.step == Step::begin || step.step == Step::go_on || step.step == Step::inherit) {
      missed = true;
    }
    if (step.step == Step::take_full_path) missed = false;
    if (step.step == Step::reassess) missed = sent_back_lapsed(step);
  }
  return missed;
}

void name_lapse(Lifetime& life, const SiteRow& row, const assessment::LifeRules& rules) {
  const auto& site = row.record;
  const auto& review = site.about.grounds.review;
  if (missed_its_review(row)) {
    name_lapse(life, row, "review was due", review, rules);
    life.opens_again = "until it is assessed and decided anew";
  } else if (site.stage != Stage::live && site.lapses) {
    name_lapse(life, row, "it was to be assessed anew by", *site.lapses, rules);
  } else if (ends_by_itself(site.path)) {
    name_lapse(life, row, "it ended on", review, rules);
  } else {
    name_lapse(life, row, "review was due", review, rules);
  }
}

}  // namespace

std::optional<base::UtcDay> impact_due(const SiteRow& site, const assessment::LifeRules& rules) {
  // Also of one that is to stay, and takes the full path: it collects meanwhile.
  const auto stage = site.record.stage;
  if (!needs_impact(site) || site.impact_at || is_over(stage) || stage == Stage::stopped) {
    return std::nullopt;
  }
  return began(site) + rules.short_impact;
}

std::optional<base::UtcDay> impact_due(const DeploymentRow& deployment,
                                       const assessment::LifeRules& rules) {
  if (!needs_impact(deployment) || deployment.impact_at) return std::nullopt;
  return std::min(began(deployment) + rules.short_impact, last_day(deployment.record));
}

std::optional<base::UtcDay> notice_due(const SiteRow& site, const assessment::LifeRules& rules) {
  const auto& record = site.record;
  if (record.path != Path::under_twelve_months || record.stage != Stage::live || site.notice_at) {
    return std::nullopt;
  }
  return began(site) + rules.short_impact;
}

std::optional<base::UtcDay> notice_due(const DeploymentRow& deployment,
                                       const assessment::LifeRules& rules) {
  const auto& record = deployment.record;
  if (is_apart(record) || record.state != State::live || deployment.notice_at) {
    return std::nullopt;
  }
  return std::min(began(deployment) + rules.short_impact, last_day(record));
}

Lifetime lifetime_of(const DeploymentRow& deployment, const assessment::LifeRules& rules) {
  const auto& about = deployment.record.about;
  const auto& stopped_at = deployment.record.stopped_at;
  Lifetime life{cut(live_periods(decisions_in_force(deployment, rules)), {about.from, about.until}),
                std::nullopt,
                {}};
  name_lapse(life, deployment, "review was due", about.grounds.review, rules);
  if (!life.periods.empty()) {
    life.periods = cut(life.periods, {life.periods.front().from, stopped_at});
  }
  end(life, about.until, "the deployment came to its end");
  end(life, stopped_at, "the deployment was stopped");
  return life;
}

Lifetime lifetime_of(const SiteRow& row, const assessment::LifeRules& rules) {
  Lifetime life{live_periods(decisions_in_force(row, rules)), std::nullopt, {}};
  // Whichever ended it first.
  name_lapse(life, row, rules);
  if (!life.periods.empty()) {
    life.periods = cut(life.periods, {life.periods.front().from, row.record.stopped_at});
  }
  end(life, row.record.stopped_at, "the site was stopped");
  // What was put up for a site that never came to be goes with it.
  if (never_came_to_be(row)) {
    end(life, row.steps.back().at, "the site was " + std::string(name(row.record.stage)));
  }
  return life;
}

Snapshot::Snapshot(Rows rows, const assessment::LifeRules& rules)
    : rows_(std::move(rows)), rules_(rules) {
  for (auto& [id, row] : rows_.sites) row.record.impact_due = impact_due(row, rules_);
  for (auto& [id, row] : rows_.deployments) row.record.impact_due = impact_due(row, rules_);
  for (const auto& [id, row] : rows_.cameras) {
    CameraLife camera;
    if (row.about.site) {
      at_site_[*row.about.site].push_back(&row);
      const auto& site = rows_.sites.at(*row.about.site);
      const auto from = may_collect_from(site, row.live_from);
      camera.lifetime = life(*row.about.site);
      if (from) {
        camera.lifetime.periods = cut(camera.lifetime.periods, {*from, row.stopped_at});
      } else {
        camera.lifetime.periods.clear();
      }
      camera.position = site.record.about.position;
      camera.is_apart = is_apart(site.record);
    } else {
      REGMARK_CHECK(row.about.deployment);
      const auto& deployment = rows_.deployments.at(*row.about.deployment).record;
      camera.lifetime = life(*row.about.deployment);
      camera.area = deployment.about.area;
      camera.is_apart = is_apart(deployment);
      camera.lifetime.periods = cut(camera.lifetime.periods, {row.live_from, row.stopped_at});
    }
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

std::vector<base::CameraId> Snapshot::cameras_at(const base::SiteId& site,
                                                 std::optional<base::UtcTime> at) const {
  std::vector<base::CameraId> cameras;
  const auto found = at_site_.find(site);
  if (found == at_site_.end()) return cameras;
  for (const auto* row : found->second) {
    if (stands(*row, at)) cameras.push_back(row->about.id);
  }
  return cameras;
}

std::vector<base::CameraId> Snapshot::cameras_of(const base::DeploymentId& deployment,
                                                 std::optional<base::UtcTime> at) const {
  std::vector<base::CameraId> cameras;
  for (const auto& [id, row] : rows_.cameras) {
    if (row.about.deployment == deployment && stands(row, at)) cameras.push_back(id);
  }
  return cameras;
}

std::vector<const CameraRow*> Snapshot::cameras_ever_at(const base::SiteId& site,
                                                        std::optional<base::UtcTime> at) const {
  const auto found = at_site_.find(site);
  if (found == at_site_.end()) return {};
  auto rows = found->second;
  if (at) std::erase_if(rows, [&](const CameraRow* row) { return row->live_from > *at; });
  return rows;
}

std::vector<base::CameraId> Snapshot::cameras_near(const base::SiteId& site, double distance_m,
                                                   std::optional<base::UtcTime> at) const {
  std::vector<base::CameraId> cameras;
  const base::Area area{rows_.sites.at(site).record.about.position, distance_m};
  for (const auto& [other, rows] : at_site_) {
    const auto& record = rows_.sites.at(other).record;
    if (other == site || is_apart(record) || was_over(record, at) ||
        !area.contains(record.about.position)) {
      continue;
    }
    for (const auto* row : rows) {
      if (stands(*row, at)) cameras.push_back(row->about.id);
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

std::vector<SiteRecord> Snapshot::sites(Kept kept, base::UtcTime now) const {
  auto records = records_of(rows_.sites, kept);
  for (auto& record : records) note_whether_it_collects(record, life(record.about.id), now);
  return records;
}

std::vector<DeploymentRecord> Snapshot::deployments(Kept kept, base::UtcTime now) const {
  auto records = records_of(rows_.deployments, kept);
  for (auto& record : records) note_whether_it_collects(record, life(record.about.id), now);
  return records;
}

std::vector<CameraRecord> Snapshot::cameras(Kept kept, base::UtcTime now) const {
  std::vector<CameraRecord> records;
  records.reserve(rows_.cameras.size());
  for (const auto& [id, row] : rows_.cameras) {
    if (lives_.at(id).is_apart == (kept == Kept::apart)) records.push_back(record(row, now));
  }
  return records;
}

std::optional<base::UtcDay> Snapshot::put_up_on(const CameraRow& camera) const {
  const auto* site = camera.about.site ? site_row(*camera.about.site) : nullptr;
  if (site && was_inherited(camera, *site)) return std::nullopt;
  return base::day_of(camera.live_from);
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
  return lifetime_of(rows_.sites.at(site), rules_);
}

Lifetime Snapshot::life(const base::DeploymentId& deployment) const {
  return lifetime_of(rows_.deployments.at(deployment), rules_);
}

}  // namespace regmark::estate::internal
