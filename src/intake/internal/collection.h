// Collection in the audit log: one leaf for each camera and minute, and its counts when the minute
// is over.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "audit/log.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::intake {

using Minute = std::chrono::sys_time<std::chrono::minutes>;

struct MinuteCounts {
  std::uint64_t batches = 0, batches_refused = 0, accepted = 0, duplicates = 0, refused = 0,
                pictures = 0, hits = 0;
};

// May be used from many threads at once. Holds a record for each camera that sent something in a
// minute that is not closed: no more than the estate's cameras times the minutes the log was away.
class Collection {
  struct Open;
  using Key = std::pair<Minute, base::CameraId>;

 public:
  // One batch under the leaf of its minute, which is not closed while this lives.
  class Turn {
   public:
    Turn(Turn&& other) noexcept
        : collection_(std::exchange(other.collection_, nullptr)), open_(other.open_) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn();
    void add(const MinuteCounts& counts);

   private:
    friend class Collection;
    Turn(Collection* collection, Open* open) : collection_(collection), open_(open) {}
    Collection* collection_;
    Open* open_;
  };

  explicit Collection(audit::Log& log) : log_(log) {}

  // Durable on return: the camera collects in this minute. Fails with
  //   unavailable   the log is away: nothing may be taken
  Result<Turn> begin(const base::CameraId& camera, base::UtcTime received);
  // Records that the camera sent without a justification: once a minute, however often it tries.
  Result<void> refuse(const base::CameraId& camera, base::UtcTime received,
                      std::string_view reason);
  // Records the counts of every minute before this one that no batch is under way in.
  Result<void> close_before(Minute minute);

 private:
  enum class Leaf { none, being_written, written };
  struct Open {
    Leaf leaf = Leaf::none;
    Leaf refusal = Leaf::none;
    std::uint64_t number = 0;  // of the leaf that opened it
    std::size_t under_way = 0;
    MinuteCounts counts;
  };

  Result<void> record_closing(const Key& key, const Open& open);

  audit::Log& log_;
  std::mutex mutex_;
  std::condition_variable written_;
  std::map<Key, Open> open_;  // by minute first; nodes stay where they are
};

}  // namespace regmark::intake
