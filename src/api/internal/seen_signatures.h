// Requests that were signed and have come already: a copy of one must not count again.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/crypto.h"
#include "base/time.h"

namespace regmark::api {

// How far the time in a signature may be from ours: clocks of cameras drift, and a signature that
// somebody kept is worth nothing afterwards.
inline constexpr std::chrono::minutes signature_age_max{5};

// May be used from many threads at once. What it remembers is lost with the process: then a copy
// counts for five minutes more, and finds its reads known as duplicates.
class SeenSignatures {
 public:
  static constexpr std::size_t count_max = 1'000'000;  // 3,000 a second; more are not taken

  // Whether this one is new and of our time; remembers it then.
  bool is_first(const base::Signature& signature, base::UtcTime created, base::UtcTime now) {
    if (created < now - signature_age_max || created > now + signature_age_max) return false;
    const std::lock_guard lock(mutex_);
    while (!by_age_.empty() && by_age_.front().first <= now) {
      seen_.erase(by_age_.front().second);
      by_age_.pop_front();
    }
    if (seen_.size() >= count_max) return false;
    std::string bytes(base::as_text(signature));
    if (!seen_.insert(bytes).second) return false;
    // By then its time is over, however early its camera's clock is.
    by_age_.emplace_back(now + 2 * signature_age_max, std::move(bytes));
    return true;
  }

 private:
  std::mutex mutex_;
  std::unordered_set<std::string> seen_;                      // under mutex_
  std::deque<std::pair<base::UtcTime, std::string>> by_age_;  // under mutex_
};

}  // namespace regmark::api
