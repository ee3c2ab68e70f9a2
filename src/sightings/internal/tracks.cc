#include "sightings/internal/tracks.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace regmark::sightings::internal {

// In the list for as long as it lives.
class Tracks::Listed final : public Track {
 public:
  Listed(std::shared_ptr<Tracks> tracks, std::list<One>::iterator place)
      : tracks_(std::move(tracks)), place_(place) {}
  Listed(const Listed&) = delete;
  Listed& operator=(const Listed&) = delete;
  ~Listed() override {
    std::list<One> ended;  // what was told may own much: it goes outside the lock
    const std::lock_guard lock(tracks_->mutex_);
    ended.splice(ended.begin(), tracks_->all_, place_);
  }

 private:
  const std::shared_ptr<Tracks> tracks_;
  const std::list<One>::iterator place_;
};

Result<std::unique_ptr<Track>> Tracks::begin(const audit::Receipt& receipt, Track::Told told,
                                             base::UtcTime now) {
  REGMARK_TRY(audit::check_open(receipt, access::Act::track_plate, now));
  const auto& permit = receipt.permit();
  REGMARK_ASSIGN(auto limits, limits_of(permit.scope()));
  if (!limits.exact()) {
    return fail(ErrorCode::invalid_input, "tracking is of one vehicle: name its plate whole");
  }
  // What was before is for a search, whatever the window says by its tolerance.
  limits.from = std::max(limits.from, permit.valid_from());
  const std::lock_guard lock(mutex_);
  if (all_.size() >= tracks_max) {
    return fail(ErrorCode::limit_exceeded,
                std::to_string(tracks_max) + " vehicles are tracked already");
  }
  all_.push_back(
      {std::move(limits), permit.valid_until(), permit.scope().rows_max, std::move(told)});
  return std::make_unique<Listed>(shared_from_this(), std::prev(all_.end()));
}

void Tracks::tell(std::span<const CameraBatch> batches, std::span<const Kept> answers,
                  base::UtcTime now) {
  const std::lock_guard lock(mutex_);
  if (all_.empty()) return;
  auto answer = answers.begin();
  for (const auto& batch : batches) {
    for (const auto& sighting : batch.sightings) {
      if (*answer++ == Kept::stored) tell(sighting.read, now);
    }
  }
}

void Tracks::tell(const plate::Read& read, base::UtcTime now) {
  for (auto& one : all_) {
    if (one.rows_left == 0 || now >= one.ends || !one.limits.covers(read)) continue;
    --one.rows_left;
    one.told(cut(read, one.limits.fields));
  }
}

}  // namespace regmark::sightings::internal
