// Everybody who watches something as it happens, each under a standing receipt.
//
// Starting to watch is the recorded act, and its receipt ends with the session at the latest. What
// each screen was given is recorded in groups under it. Every few seconds each is asked again for a
// live session that lacks no second factor, and for leave under the policy; what has not both, or
// whose time is over, is cut off.
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

inline constexpr std::size_t screens_max = 500;
// How long somebody who was signed out may go on seeing things, at most.
inline constexpr std::chrono::seconds recheck_every{3};
// Deliveries of this long are one record.
inline constexpr std::chrono::seconds deliveries_recorded_every{60};

// One thing that happened, as the office renders it: once for all screens.
struct Shown {
  std::string event{};  // "alert", "sighting"
  std::string id{};
  std::string data{};
};

// Called when what a screen was given is on record, with how much that was since the last time.
// Where it fails, the screen gets nothing more.
using Recorded = std::function<Result<void>(std::uint64_t given)>;

// Where it goes. Called by one thread at a time; must not block.
class Screen {
 public:
  virtual ~Screen() = default;
  // Gives false when the screen is gone.
  virtual bool deliver(const Shown& shown) = 0;
  virtual bool present() = 0;
  virtual void close() = 0;
};

// May be used from many threads at once.
class Screens {
 public:
  class Watching;

  explicit Screens(const Desk& desk);
  Screens(const Screens&) = delete;
  Screens& operator=(const Screens&) = delete;
  ~Screens();  // closes every screen, and records what they were given

  // Asks for leave to watch, and gives the standing receipt. Fails with
  //   unavailable   screens_max watch already
  // and as ask() does.
  Result<Answer<audit::Receipt>> ask_leave(const Asker& asker, access::Act act,
                                           access::Scope scope);
  // From now on it is told of what goes its way. Nothing: the office closes, or is full; then the
  // screen is closed.
  std::shared_ptr<Watching> attach(const audit::Receipt& receipt, std::string token,
                                   std::shared_ptr<Screen> screen, Recorded recorded = {});
  // Something that it owns while it watches: let go, on no thread's lock, when it ends.
  void hold(const std::shared_ptr<Watching>& watching, std::shared_ptr<void> what);

  // To everybody who watches under this act and whom `covers` says yes to.
  void tell(access::Act act, const std::function<bool(const access::Permit&)>& covers,
            const std::function<Shown()>& render);
  // To one alone. False: nothing goes there any more.
  bool tell(const std::shared_ptr<Watching>& watching, const Shown& shown);
  // The last that one is told: it ends when who watches is looked at next.
  void finish(const std::shared_ptr<Watching>& watching, const Shown& last);

  // Asks every session and leave again, now: after a sign-out, or a change of roles.
  void recheck();
  // Records what was delivered since the last time.
  void record_deliveries();
  std::size_t count() const;

 private:
  bool may_still_watch(const Watching& watching);
  void end(const std::vector<std::shared_ptr<Watching>>& ended);
  void run();

  const Desk& desk_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Watching>> all_;  // under mutex_
  std::condition_variable stopping_changed_;
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace regmark::desk
