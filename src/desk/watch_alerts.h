// Live alerts: one listener in the office, and everybody who watches.
//
// Subscribing is the recorded act and gives a standing receipt, which ends with the session. Each
// watcher's deliveries are recorded in groups under it. Every few seconds each watcher is asked
// again for a live session that lacks no second factor and for leave under the policy; who has not
// both is cut off.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "desk/desk.h"

namespace regmark::desk {

inline constexpr std::size_t watchers_max = 500;
// How long somebody who was signed out may go on seeing alerts, at most.
inline constexpr std::chrono::seconds recheck_every{3};
// Deliveries of this long are one record.
inline constexpr std::chrono::seconds deliveries_recorded_every{60};

// Where a watcher's alerts go. Called by one thread at a time; must not block.
class Watcher {
 public:
  virtual ~Watcher() = default;
  // `shown` is the alert as the office renders it, once for all watchers. Gives false when the
  // watcher is gone.
  virtual bool deliver(const alerts::Alert& alert, const std::string& shown) = 0;
  virtual bool present() = 0;
  virtual void close() = 0;
};

// May be used from many threads at once. Destroyed after the last alert was raised: the alerts room
// keeps a listener that points here.
class AlertWatch {
 public:
  using Render = std::function<std::string(const alerts::Alert&)>;

  AlertWatch(const Desk& desk, Render render);
  AlertWatch(const AlertWatch&) = delete;
  AlertWatch& operator=(const AlertWatch&) = delete;
  ~AlertWatch();  // closes every watcher, and records what they were given

  // Asks for leave to watch, and gives the standing receipt. Fails with
  //   unavailable   watchers_max watch already
  // and as ask() does.
  Result<Answer<audit::Receipt>> ask_leave(const Asker& asker);
  // From now on this watcher is told of every alert that the receipt covers.
  void attach(const audit::Receipt& receipt, std::string token, std::shared_ptr<Watcher> watcher);

  // Asks every watcher's session and leave again, now: after a sign-out, or a change of roles.
  void recheck();
  // Records what was delivered since the last time.
  void record_deliveries();
  std::size_t watchers() const;

 private:
  struct Subscription;
  void told(const alerts::Alert& alert);
  bool may_still_watch(const Subscription& subscription);
  void end(const std::vector<std::shared_ptr<Subscription>>& ended);
  void run();

  const Desk& desk_;
  const Render render_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Subscription>> subscriptions_;  // under mutex_
  std::condition_variable stopping_changed_;
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace regmark::desk
