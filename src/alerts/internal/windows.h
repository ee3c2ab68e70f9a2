// At most one alert for a vehicle, camera and list within a window: which ones stand in the way.
// For one thread at a time.
#pragma once

#include <chrono>
#include <compare>
#include <map>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "plate/plate.h"
#include "watchlist/matcher.h"

namespace regmark::alerts::internal {

// A live read is seldom older than two minutes when it comes, and no clock is trusted further than
// half a minute: for so long after its window an alert may still stand in a read's way.
inline constexpr std::chrono::minutes window_slack{10};

class Windows {
 public:
  struct Key {
    base::ListId list;
    plate::Plate vehicle;  // as it is listed
    base::CameraId camera;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  // What an alert is worth to whoever is to act.
  struct Worth {
    bool live;
    bool has_picture;
    watchlist::Grade grade;
  };
  struct Taken {
    base::AlertId alert;
    base::UtcTime observed;
    Worth worth;
    base::UtcTime expires;  // when nothing that comes can be so close any more
  };

  // Past `size_max` the one that would expire first goes early.
  explicit Windows(std::size_t size_max) : size_max_(size_max) {}

  // Whether an alert stands closer than the window. One that is not live stands in the way only of
  // others that are not; one without a picture, on which nobody may act, only of others without;
  // and a near one only of others that are near, for what was read as another plate is mostly
  // another vehicle, and must not hide the one that is listed.
  bool is_taken(const Key& key, base::UtcTime observed, const Worth& worth,
                std::chrono::seconds window) const;
  void take(const Key& key, const Taken& taken);
  // The alert took over another read.
  void revalue(const Key& key, const base::AlertId& alert, const Worth& worth);
  void release(const Key& key, const base::AlertId& alert);
  // Forgets what was observed on that day: a key names a vehicle.
  void erase(base::UtcDay day);
  void forget_expired(base::UtcTime now);
  std::size_t size() const { return expiries_.size(); }

 private:
  void release_first();

  std::size_t size_max_;
  // Both hold the same alerts, each once.
  std::map<Key, std::vector<Taken>> taken_;
  std::map<std::pair<base::UtcTime, base::AlertId>, Key> expiries_;
};

}  // namespace regmark::alerts::internal
