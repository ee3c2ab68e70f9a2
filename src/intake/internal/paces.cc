#include "intake/internal/paces.h"

#include <algorithm>
#include <chrono>

namespace regmark::intake {

Paces::Left& Paces::left_to(const base::CameraId& camera, base::UtcTime now) {
  const auto at_once = static_cast<double>(most_.reads_at_once);
  auto& left = left_.try_emplace(camera, Left{at_once, now}).first->second;
  // A clock that is set back gives nothing, and takes nothing away.
  const std::chrono::duration<double> passed = std::max(now, left.at) - left.at;
  left.reads = std::min(at_once, left.reads + passed.count() * most_.reads_per_second);
  left.at = now;
  return left;
}

bool Paces::may_begin(const base::CameraId& camera, base::UtcTime now) {
  const std::lock_guard lock(mutex_);
  return left_to(camera, now).reads > 0;
}

void Paces::take(const base::CameraId& camera, std::size_t reads, base::UtcTime now) {
  const std::lock_guard lock(mutex_);
  left_to(camera, now).reads -= static_cast<double>(reads);
}

}  // namespace regmark::intake
