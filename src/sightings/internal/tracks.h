// Who is told of a vehicle's passings as they are kept.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>

#include "sightings/internal/limits.h"
#include "sightings/store.h"

namespace regmark::sightings::internal {

// May be used from many threads at once; outlived by none of the tracks that it gave.
class Tracks : public std::enable_shared_from_this<Tracks> {
 public:
  // As Store::track().
  Result<std::unique_ptr<Track>> begin(const audit::Receipt& receipt, Track::Told told,
                                       base::UtcTime now);
  // These were kept, as `answers` say, one for each.
  void tell(std::span<const CameraBatch> batches, std::span<const Kept> answers, base::UtcTime now);

 private:
  struct One {
    Limits limits;
    base::UtcTime ends;  // of the permit
    std::uint64_t rows_left = 0;
    Track::Told told;
  };
  class Listed;

  void tell(const plate::Read& read, base::UtcTime now);

  std::mutex mutex_;
  std::list<One> all_;  // under mutex_
};

}  // namespace regmark::sightings::internal
