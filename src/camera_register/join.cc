// What the register holds of a camera, and what the estate's own acts did to it.
#include <algorithm>

#include "camera_register/camera_register.h"

namespace regmark::camera_register {
namespace {

using estate::CameraActs;

base::UtcDay came_on(const CameraActs& acts) {
  return base::day_of(acts.installed);
}

bool is_near(base::UtcDay a, base::UtcDay b) {
  return (a < b ? b - a : a - b) <= doubt;
}

// It went before the estate put one up under its name: that was another, or the same again. Nobody
// knows when: it had, if that was written down before.
bool went_before(const Particulars& one, std::optional<base::UtcDay> entered,
                 const CameraActs& acts) {
  if (acts.was_inherited || !one.is_removed) return false;
  if (!one.removed.day) return entered && *entered < came_on(acts);
  return *one.removed.day <= came_on(acts);
}

// Whether the register's own day of installation, or its lack, says more than the act's.
bool stood_before(const Known& held, const CameraActs& acts) {
  const auto& installed = held.camera.installed;
  const auto came = came_on(acts);
  if (!installed.day) return acts.was_inherited || held.entered < came;
  if (*installed.day > came) return false;
  const bool may_be_the_act =
      installed.how == Certainty::approximate && is_near(came, *installed.day);
  return acts.was_inherited || !may_be_the_act;
}

// A camera of a deployment is none that is fixed.
CameraKind kind_by_place(const CameraActs& acts, std::optional<CameraKind> said) {
  if (acts.site) return said.value_or(CameraKind::fixed);
  return said && *said != CameraKind::fixed ? *said : CameraKind::movable;
}

void put_in_force(Known& one, const CameraActs& acts, const FromEstate& from_estate) {
  auto& camera = one.camera;
  if (!stood_before(one, acts)) camera.installed = {came_on(acts), Certainty::exact};
  one.entered = std::min(one.entered, came_on(acts));
  one.site = acts.site;
  one.is_of_estate = true;
  one.was_inherited = acts.was_inherited;
  camera.is_removed = acts.removed.has_value();
  camera.removed = {};
  if (acts.removed) camera.removed = {base::day_of(*acts.removed), Certainty::exact};
  if (!acts.purpose.empty()) {
    camera.ground = ground_of(acts.purpose).value_or(Ground::not_recorded);
    camera.ground_from.reset();
  }
  if (!acts.site) return;
  const auto found = from_estate.published.find(*acts.site);
  if (found == from_estate.published.end()) return;
  const auto day = found->second;
  camera.impact_published = std::min(camera.impact_published.value_or(day), day);
}

std::string on(base::UtcDay day) {
  return " on " + base::format_day(day);
}

std::string removal_contradicts(const Particulars& entry, const CameraActs& acts) {
  if (went_before(entry, std::nullopt, acts)) return {};
  if (!acts.removed) {
    return entry.is_removed ? "it was removed, and by the estate it stands: stop it there" : "";
  }
  const auto stopped = base::day_of(*acts.removed);
  if (!entry.is_removed) return "it stands, and by the estate it was stopped" + on(stopped);
  const auto& removed = entry.removed;
  if (!removed.day || *removed.day == stopped) return {};
  if (removed.how == Certainty::approximate && is_near(*removed.day, stopped)) return {};
  return "it was removed" + on(*removed.day) + ", and by the estate it was stopped" + on(stopped);
}

}  // namespace

std::string contradiction(const Particulars& entry, const CameraActs& acts) {
  const auto& installed = entry.installed;
  if (installed.day && *installed.day > came_on(acts)) {
    const bool is_about =
        installed.how == Certainty::approximate && is_near(*installed.day, came_on(acts));
    if (!is_about) {
      return "it was installed" + on(*installed.day) + ", and by the estate it stood" +
             on(came_on(acts));
    }
  }
  return removal_contradicts(entry, acts);
}

std::vector<Known> join(std::vector<Known> held, const FromEstate& from_estate) {
  std::map<base::CameraId, std::size_t> places;
  for (std::size_t i = 0; i < held.size(); ++i) places.emplace(held[i].camera.camera, i);
  for (const auto& acts : from_estate.cameras) {
    const auto found = places.find(acts.camera);
    if (found != places.end() &&
        !went_before(held[found->second].camera, held[found->second].entered, acts)) {
      auto& one = held[found->second];
      one.camera.kind = kind_by_place(acts, one.camera.kind);
      put_in_force(one, acts, from_estate);
      continue;
    }
    Known one{.camera = {.camera = acts.camera}, .entered = came_on(acts)};
    if (found != places.end()) {
      one.camera = held[found->second].camera;
      one.camera.installed = {};
    }
    one.camera.kind =
        kind_by_place(acts, found == places.end() ? std::nullopt : std::optional(one.camera.kind));
    put_in_force(one, acts, from_estate);
    held.push_back(std::move(one));
  }
  std::ranges::stable_sort(held, {}, [](const Known& one) { return one.camera.camera; });
  return held;
}

}  // namespace regmark::camera_register
