// What of a set of entries is new, once they were checked against what is held and what the estate
// did.
#pragma once

#include <vector>

#include "camera_register/camera_register.h"

namespace regmark::camera_register::internal {

// Everything that is held now.
struct Held {
  std::vector<Known> cameras;
  std::vector<WholeCount> counts;
  std::vector<Cost> costs;  // each row of its own
  std::vector<PastReview> reviews;
};

// What is to be kept; of cameras, the whole new version.
struct Fresh {
  Entries entries;
  Taken taken;
};

// Fails as CameraRegister::enter() does.
Result<Fresh> fresh_of(const Entries& entries, const Held& held, const Against& against,
                       base::UtcDay today);

}  // namespace regmark::camera_register::internal
