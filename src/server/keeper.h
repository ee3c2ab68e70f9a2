// What the office does by itself: seals days that are over, and erases what is past retention.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "access/policy.h"
#include "alerts/alerts.h"
#include "audit/log.h"
#include "backup/backups.h"
#include "base/time.h"
#include "drift/drift.h"
#include "oversight/oversight.h"
#include "people/people.h"
#include "records/database.h"
#include "server/retention.h"
#include "sightings/store.h"

namespace regmark::server {

inline constexpr std::chrono::seconds keep_house_every{60};
// Most of a day's reads have come by then; those that come later go to the slice's own list.
inline constexpr std::chrono::hours seal_after{1};

class Keeper {
 public:
  struct Rooms {  // all of them outlive the keeper
    const access::Policy& policy;
    audit::Log& log;
    records::Database& records;
    sightings::Store& store;
    alerts::Alerts& alerts;
    drift::Drift& drift;
    oversight::Oversight& oversight;
    people::People& people;
    backup::Backups& backups;
    const base::Clock& clock;
  };
  static std::span<const records::Migration> migrations();

  // What no setting of the clock changes.
  using Steady = std::function<std::chrono::steady_clock::time_point()>;
  explicit Keeper(const Rooms& rooms, Steady steady = std::chrono::steady_clock::now);
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  ~Keeper();

  // One round, each step under a machine receipt. What fails does not keep the rest waiting; the
  // first failure is given, and tried again in the next round. After a crash the first round goes
  // on where the last one ended.
  Result<void> keep_house();
  // Does rounds on a thread of its own until it is destroyed. A failure goes to the program's log.
  void start();

 private:
  Result<void> tend(const sightings::SliceInfo& slice);
  // What stays for minutes. A slice that the next round would find too late goes in this one.
  bool is_over(const sightings::Span& span) const;
  // As long ago as the policy lets them stay, whatever the clock says now: it may have been set
  // back since.
  bool was_seen_long_ago(const sightings::Span& span);
  Result<void> erase_short(base::UtcTime from);
  Result<void> erase_short_slices();
  // The same in the midst of a long round, where a round's time went since.
  Result<void> erase_short_slices_meanwhile();
  Result<void> erase(base::UtcDay day);
  Result<void> erase_pictures(base::UtcDay day);
  Result<void> seal(base::UtcDay day);
  // What keepers were granted: does what a crash left.
  Result<void> finish_early_erasures();
  // No byte of the records, and no backup, has any more what went.
  Result<void> forget_what_went();
  Result<bool> pictures_are_gone(base::UtcDay day);
  Result<void> begin(base::UtcDay day);
  Result<std::vector<base::UtcDay>> begun() const;
  // Whether a day kept for so long is past it.
  bool is_over(base::UtcDay day, std::chrono::days kept) const;

  const Rooms rooms_;
  const Steady steady_;
  std::mutex round_;                                         // one at a time
  Retention retention_;                                      // under round_
  base::UtcTime forgot_early_until_ = base::UtcTime::min();  // in the records; under round_
  // When a round first met each short slice; under round_.
  std::map<base::UtcTime, std::chrono::steady_clock::time_point> met_;
  std::chrono::steady_clock::time_point looked_at_short_{};  // under round_
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace regmark::server
