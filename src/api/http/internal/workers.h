// A few threads for work that may block, behind a bounded queue.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace regmark::api::http {

// May be used from many threads at once.
class Workers {
 public:
  Workers(int threads, std::size_t queue_max);
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() { stop(); }

  // Gives false, and does not take the work, when queue_max of them wait already or after stop().
  // Work must not throw.
  bool post(std::function<void()> work);
  // Does what was taken, then ends the threads. Not to be called from one of them.
  void stop();

 private:
  void run();

  const std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace regmark::api::http
