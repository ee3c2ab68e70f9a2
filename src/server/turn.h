// A mutex that is waited for up to an instant, to be used with std::unique_lock and
// std::lock_guard. std::timed_mutex is one as well, but the thread sanitizer of GCC 12 does not see
// how it is taken (pthread_mutex_clocklock), and calls every release of it wrong.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace regmark::server {

class Turn {
 public:
  void lock() {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [this] { return !is_taken_; });
    is_taken_ = true;
  }

  // False: it was not free until then.
  bool try_lock_until(std::chrono::steady_clock::time_point last) {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_until(lock, last, [this] { return !is_taken_; })) return false;
    is_taken_ = true;
    return true;
  }

  void unlock() {
    {
      const std::lock_guard lock(mutex_);
      is_taken_ = false;
    }
    freed_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  bool is_taken_ = false;  // under mutex_
};

}  // namespace regmark::server
