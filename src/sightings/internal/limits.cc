#include "sightings/internal/limits.h"

#include <algorithm>

namespace regmark::sightings::internal {
namespace {

// No list is any camera; two lists are what both name, which may be none.
std::optional<std::set<base::CameraId>> common(std::optional<std::set<base::CameraId>> so_far,
                                               const std::vector<base::CameraId>& list) {
  if (list.empty()) return so_far;
  std::set<base::CameraId> named(list.begin(), list.end());
  if (so_far) std::erase_if(named, [&](const auto& camera) { return !so_far->contains(camera); });
  return named;
}

// Narrows `limits` by what may be asked for and permitted alike.
Result<void> narrow(Limits& limits, const std::string& plate,
                    const std::vector<base::CameraId>& cameras,
                    const std::optional<base::Area>& area,
                    const std::optional<access::Window>& window) {
  if (!plate.empty()) {
    REGMARK_ASSIGN(auto pattern, Pattern::parse(plate));
    limits.patterns.push_back(std::move(pattern));
  }
  limits.cameras = common(std::move(limits.cameras), cameras);
  if (area) limits.areas.push_back(*area);
  if (window) {
    limits.from = std::max(limits.from, window->from);
    limits.until = std::min(limits.until, window->until);
  }
  return {};
}

}  // namespace

bool Limits::covers(PlateWord plate) const {
  return std::ranges::all_of(patterns, [&](const Pattern& one) { return one.matches(plate); });
}

bool Limits::covers_place(const plate::Read& read) const {
  return std::ranges::all_of(areas, [&](const base::Area& area) {
    return read.position && area.contains(*read.position);
  });
}

bool Limits::covers(const plate::Read& read) const {
  return covers(read.observed) && covers(read.camera) && covers(word_of(read.plate)) &&
         covers_place(read);
}

std::optional<PlateWord> Limits::exact() const {
  for (const auto& pattern : patterns) {
    if (const auto word = pattern.exact()) return word;
  }
  return std::nullopt;
}

plate::Read cut(plate::Read read, const access::Fields& fields) {
  if (!fields.place) {
    read.position.reset();
    read.heading.reset();
    read.direction = plate::Direction::unknown;
    read.lane.reset();
  }
  if (!fields.vehicle) read.vehicle_class = read.make = read.colour = {};
  if (!fields.pictures) read.pictures.clear();
  return read;
}

Result<Limits> limits_of(const access::Scope& scope) {
  Limits limits;
  REGMARK_TRY(narrow(limits, scope.plate, scope.cameras, scope.area, scope.window));
  limits.fields = scope.fields;
  return limits;
}

Result<Limits> limits_of(const access::Scope& scope, const Query& query) {
  REGMARK_ASSIGN(auto limits, limits_of(scope));
  REGMARK_TRY(narrow(limits, query.plate, query.cameras, query.area, query.window));
  return limits;
}

}  // namespace regmark::sightings::internal
