#include "estate/internal/same_place.h"

#include <algorithm>

#include "base/words.h"
#include "estate/internal/recorded_estate.h"

namespace regmark::estate::internal {
namespace {

// Twelve months of a leap year.
constexpr std::chrono::days year{366};

bool was_begun_on_full_path(const SiteRow& site) {
  return std::ranges::any_of(site.steps,
                             [](const StepRecord& step) { return step.step == Step::begin; });
}

// A statutory authority lasts as long as the statute lets it; an emergency may come to a place that
// others stood at, but the days on which it stood there count.
bool is_short_one(const SiteRow& site) {
  const auto path = site.record.about.path;
  return (path == Path::under_twelve_months || path == Path::emergency) &&
         !was_begun_on_full_path(site);
}
bool is_short_one(const DeploymentRow&) {
  return true;
}

base::Position place_of(const SiteRow& site) {
  return site.record.about.position;
}
base::Position place_of(const DeploymentRow& deployment) {
  return deployment.record.about.area.centre;
}

// For how long at least one of the periods holds.
std::chrono::microseconds length(std::vector<Period> periods) {
  std::ranges::sort(periods, {}, &Period::from);
  std::chrono::microseconds sum{0};
  base::UtcTime counted{std::chrono::microseconds::min()};
  for (const auto& period : periods) {
    const auto from = std::max(period.from, counted);
    const auto until = period.until.value_or(from);  // those of short ones all have an end
    if (until <= from) continue;
    sum += until - from;
    counted = until;
  }
  return sum;
}

template <typename Rows, typename Row>
Result<void> check(const Snapshot& snapshot, const Rows& rows, const Row& row,
                   const Period& planned, base::UtcTime now, const assessment::LifeRules& rules) {
  const auto& id = row.record.about.id;
  auto stood = snapshot.life(id).periods;  // of one that is extended: what it stood already
  stood.push_back(planned);
  const base::Area place{place_of(row), rules.same_place_m};
  std::vector<std::string> others;
  for (const auto& [other, one] : rows) {
    if (other == id || is_apart(one) != is_apart(row) || !is_short_one(one) ||
        !place.contains(place_of(one))) {
      continue;
    }
    const auto periods = snapshot.life(other).periods;
    if (periods.empty() || periods.back().until <= now - year) continue;
    stood.insert(stood.end(), periods.begin(), periods.end());
    others.push_back(other.text());
  }
  if (others.empty() || length(std::move(stood)) <= year) return {};
  return conflict("with " + base::joined(others) +
                  " at the same place it would stand for more than twelve months: "
                  "what does takes the full path (1.4)");
}

}  // namespace

Result<void> check_same_place(const Snapshot& snapshot, const SiteRow& site, base::UtcTime now,
                              base::UtcTime until, const assessment::LifeRules& rules) {
  if (site.record.about.path != Path::under_twelve_months) return {};
  return check(snapshot, snapshot.site_rows(), site, {now, until}, now, rules);
}

Result<void> check_same_place(const Snapshot& snapshot, const DeploymentRow& deployment,
                              base::UtcTime now, base::UtcTime until,
                              const assessment::LifeRules& rules) {
  const auto from = std::max(now, deployment.record.about.from);
  return check(snapshot, snapshot.deployment_rows(), deployment, {from, until}, now, rules);
}

Result<void> check_first_emergency(const Snapshot& snapshot, const NewSite& site, base::UtcTime now,
                                   const assessment::LifeRules& rules) {
  if (site.path != Path::emergency) return {};
  const base::Area place{site.position, rules.same_place_m};
  for (const auto& [other, row] : snapshot.site_rows()) {
    const auto& about = row.record.about;
    if (other == site.id || about.path != Path::emergency || was_begun_on_full_path(row) ||
        !place.contains(about.position)) {
      continue;
    }
    const auto periods = snapshot.life(other).periods;
    if (periods.empty() || !periods.back().until) continue;
    const auto until = *periods.back().until;
    if (until + rules.emergency_again <= now) continue;
    const auto last = base::format_day(base::day_of(until - std::chrono::microseconds{1}));
    return conflict("an emergency at the same place, " + other.text() +
                    (until > now ? ", stands until " : ", stood until ") + last +
                    ": another within " + std::to_string(rules.emergency_again.count()) +
                    " days is no immediate response (4.1); propose it for under twelve months, or "
                    "on the full path");
  }
  return {};
}

}  // namespace regmark::estate::internal
