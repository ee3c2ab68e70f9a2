// A clock that tests set by hand. Never included by a program.
#pragma once

#include <atomic>

#include "base/check.h"
#include "base/time.h"

namespace regmark::base {

class ManualClock final : public Clock {
 public:
  explicit ManualClock(std::string_view start = "2026-03-29T00:30:00Z") { set(start); }

  UtcTime now() const override {
    return UtcTime{std::chrono::microseconds{micros_.fetch_add(tick_, std::memory_order_relaxed)}};
  }
  // From now on each look at it moves it on by so much, as a real one does. For one thread.
  void tick(std::chrono::microseconds by) { tick_ = by.count(); }
  void set(std::string_view time) {
    const auto parsed = parse_utc(time);
    REGMARK_CHECK(parsed.has_value());
    micros_ = parsed->time_since_epoch().count();
  }
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  mutable std::atomic<std::int64_t> micros_{0};
  std::int64_t tick_ = 0;
};

}  // namespace regmark::base
