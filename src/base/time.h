// Time as the whole project tells it: microseconds of UTC. Only pages know time zones.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace regmark::base {

using UtcTime = std::chrono::sys_time<std::chrono::microseconds>;
using UtcDay = std::chrono::sys_days;

// Where the present time comes from. Safe to call from many threads at once.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcTime now() const = 0;
};

// The machine's own clock.
class SystemClock final : public Clock {
 public:
  UtcTime now() const override;
};

// RFC 3339 with milliseconds and Z: "2026-11-22T02:40:04.123Z".
std::string format_utc(UtcTime time);

// "2026-11-22".
std::string format_day(UtcDay day);

// Reads RFC 3339 (section 5.6): an offset is required, fractions of a second may follow.
// Years 1900 to 2200. Fails with
//   invalid_input   any other text
Result<UtcTime> parse_utc(std::string_view text);

// Reads "2026-11-22". Fails with
//   invalid_input   any other text, or a day that no calendar has
Result<UtcDay> parse_day(std::string_view text);

inline UtcDay day_of(UtcTime time) {
  return std::chrono::floor<std::chrono::days>(time);
}

}  // namespace regmark::base
