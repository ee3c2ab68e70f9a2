// Why a camera may collect, and from when until when. Only the estate makes one.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/geography.h"
#include "base/ids.h"
#include "base/time.h"

namespace regmark::estate {

// After a stop, a spool of reads from before it may still arrive for this long.
inline constexpr std::chrono::days spool_grace{7};

// From the first instant up to, and without, the last; without one it goes on.
struct Period {
  base::UtcTime from;
  std::optional<base::UtcTime> until;
  bool contains(base::UtcTime time) const { return time >= from && (!until || time < *until); }
  friend bool operator==(const Period&, const Period&) = default;
};

class Justification {
 public:
  const base::CameraId& camera() const { return camera_; }
  // Where a fixed camera stands; a mobile one gives its own position with each read.
  const std::optional<base::Position>& position() const { return position_; }
  // Where a mobile camera may collect; a fixed one has no area.
  const std::optional<base::Area>& area() const { return area_; }
  // Whether a read observed then may be kept: live at the time observed. (That it is live on
  // arrival, or within the grace of a stop, was checked when this was made.) More than one period
  // stands here when a review came after the one before it had run out: what was observed in
  // between stays uncovered.
  bool covers(base::UtcTime observed) const {
    return std::ranges::any_of(periods_,
                               [&](const Period& period) { return period.contains(observed); });
  }
  // The same, and for a mobile camera also whether it was inside its deployment's area. One that
  // does not say where it was, is not.
  bool covers(base::UtcTime observed, const std::optional<base::Position>& at) const {
    return covers(observed) && (!area_ || (at && area_->contains(*at)));
  }

 private:
  friend class Estate;
  Justification(base::CameraId camera, std::optional<base::Position> position,
                std::optional<base::Area> area, std::vector<Period> periods)
      : camera_(std::move(camera)),
        position_(position),
        area_(area),
        periods_(std::move(periods)) {}
  base::CameraId camera_;
  std::optional<base::Position> position_;
  std::optional<base::Area> area_;
  std::vector<Period> periods_;
};

// No live justification: the whole batch is refused, counted, not kept.
struct NotJustified {
  std::string reason;  // for the camera's owner: "review was due …", "never commissioned", ...
};

using Standing = std::variant<Justification, NotJustified>;

}  // namespace regmark::estate
