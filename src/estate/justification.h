// Why a camera may collect, and from when until when. Only the estate makes one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/geography.h"
#include "base/ids.h"
#include "base/time.h"

namespace regmark::estate {

// After a stop, a spool of reads from before it may still arrive for this long.
inline constexpr std::chrono::days spool_grace{7};

class Justification {
 public:
  const base::CameraId& camera() const { return camera_; }
  // Where a fixed camera stands; a mobile one gives its own position with each read.
  const std::optional<base::Position>& position() const { return position_; }
  // Whether a read observed then may be kept: live at the time observed. (That it is live on
  // arrival, or within the grace of a stop, was checked when this was made.)
  bool covers(base::UtcTime observed) const {
    return observed >= live_from_ && (!live_until_ || observed < *live_until_);
  }

 private:
  friend class Estate;
  Justification(base::CameraId camera, std::optional<base::Position> position,
                base::UtcTime live_from, std::optional<base::UtcTime> live_until)
      : camera_(std::move(camera)),
        position_(position),
        live_from_(live_from),
        live_until_(live_until) {}
  base::CameraId camera_;
  std::optional<base::Position> position_;
  base::UtcTime live_from_;
  std::optional<base::UtcTime> live_until_;
};

// No live justification: the whole batch is refused, counted, not kept.
struct NotJustified {
  std::string reason;  // for the camera's owner: "review overdue", "never commissioned", ...
};

using Standing = std::variant<Justification, NotJustified>;

}  // namespace regmark::estate
