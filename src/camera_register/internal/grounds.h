// On which ground a camera stood, from what was said of it and when.
#pragma once

#include <optional>
#include <span>

#include "base/time.h"
#include "camera_register/words.h"

namespace regmark::camera_register::internal {

struct GroundSaid {
  base::UtcDay on;
  Ground ground = Ground::not_recorded;
  std::optional<base::UtcDay> from{};  // it says itself since when
};

// By what was said, in that order. Each holds from its day on, and before it what was said before;
// the first that names a ground, before its day as well, until somebody says since when.
Ground ground_on(std::span<const GroundSaid> said, base::UtcDay day);

}  // namespace regmark::camera_register::internal
