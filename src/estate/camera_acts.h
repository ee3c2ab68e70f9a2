// What the estate's own acts did to each camera: put up, taken away, and for what it was decided. A
// register counts by it.
#pragma once

#include <optional>
#include <string>

#include "base/ids.h"
#include "base/time.h"

namespace regmark::estate {

// Of one camera, as far as it was known then.
struct CameraActs {
  base::CameraId camera;
  std::optional<base::SiteId> site{};  // without one it belongs to a deployment
  base::UtcTime installed;
  std::optional<base::UtcTime> removed{};  // it, or its place, was stopped or came to its end
  bool was_inherited = false;              // it stood before `installed`: nobody here put it up
  // A strategic category or a column of the matrix, of the last decision on its place; empty:
  // nobody here decided one.
  std::string purpose{};
};

}  // namespace regmark::estate
