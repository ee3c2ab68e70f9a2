// How many reads each camera may hand in.
#pragma once

#include <mutex>
#include <unordered_map>

#include "base/ids.h"
#include "base/time.h"
#include "intake/intake.h"

namespace regmark::intake {

// May be used from many threads at once. Grows with the cameras that have handed something in.
class Paces {
 public:
  explicit Paces(const Pace& most) : most_(most) {}

  // Whether it may hand in anything now.
  bool may_begin(const base::CameraId& camera, base::UtcTime now);
  // A batch that was begun is taken whole: what is too much of it is waited for before the next.
  void take(const base::CameraId& camera, std::size_t reads, base::UtcTime now);

 private:
  struct Left {
    double reads = 0;
    base::UtcTime at{};
  };
  Left& left_to(const base::CameraId& camera, base::UtcTime now);  // under mutex_

  const Pace most_;
  std::mutex mutex_;
  std::unordered_map<base::CameraId, Left> left_;  // under mutex_
};

}  // namespace regmark::intake
