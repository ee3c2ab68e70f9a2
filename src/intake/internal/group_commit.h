// Makes batches that come together durable together: one fsync for all that wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <vector>

#include "alerts/alerts.h"
#include "base/ids.h"
#include "base/result.h"
#include "sightings/store.h"

namespace regmark::intake {

// Of all batches in one append. One batch may be larger alone.
inline constexpr std::size_t group_reads_max = 20'000;
inline constexpr std::size_t group_size_max = std::size_t{64} << 20U;  // bytes of pictures

// A batch on its way; everything in it outlives commit().
struct Submission {
  const estate::Justification& justification;
  std::span<const sightings::NewSighting> sightings;
  // The alerts that were raised for each of them.
  std::span<const std::vector<base::AlertId>> alerts;
  std::size_t picture_bytes = 0;
};

// May be used from many threads at once; whoever comes first leads and works for the others too.
class GroupCommit {
 public:
  GroupCommit(sightings::Store& store, alerts::Alerts& alerts) : store_(store), alerts_(alerts) {}

  // Durable on return, with the alerts of what was stored or there already; alerts of what was not
  // are withdrawn. One answer for each sighting, in order. Fails with
  //   unavailable   the store or the records are away: nothing may be acknowledged
  // and with what the store says of a batch that it can never take; such a one fails alone.
  Result<std::vector<sightings::Kept>> commit(const Submission& submission);

 private:
  struct Waiting {
    const Submission& submission;
    Result<std::vector<sightings::Kept>> result =
        fail(ErrorCode::unavailable, "the batch was not written");
    bool done = false;
  };

  std::vector<Waiting*> take_group();
  void write(std::span<Waiting* const> group);
  Result<void> settle_alerts(std::span<Waiting* const> group);

  sightings::Store& store_;
  alerts::Alerts& alerts_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting*> queue_;  // at most one for each thread that calls
  bool led_ = false;
};

}  // namespace regmark::intake
