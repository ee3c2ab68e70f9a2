#include "base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/time_testing.h"

namespace regmark::base {
namespace {

std::string outcome(const Result<UtcTime>& time) {
  return time ? format_utc(*time) : name(time.error().code);
}

TEST(Time, ReadsRfc3339) {
  struct Case {
    std::string_view text, want;
  };
  constexpr Case cases[] = {
      {"2026-11-22T02:40:04Z", "2026-11-22T02:40:04.000Z"},
      {"2026-11-22T02:40:04.1239Z", "2026-11-22T02:40:04.123Z"},
      {"2026-11-22t02:40:04.5z", "2026-11-22T02:40:04.500Z"},
      {"2026-06-01T00:30:00+01:00", "2026-05-31T23:30:00.000Z"},
      {"2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000Z"},  // a leap second rolls over
      {"2026-02-29T00:00:00Z", "invalid_input"},
      {"2026-11-22T24:00:00Z", "invalid_input"},
      {"2026-11-22T02:40:04", "invalid_input"},  // no offset: nobody may guess one
      {"2026-11-22T02:40:04.Z", "invalid_input"},
      {"2026-11-22T02:40:04+1:00", "invalid_input"},
      {"1700-01-01T00:00:00Z", "invalid_input"},
      {"9999-01-01T00:00:00Z", "invalid_input"},
      {"2026-11-22T02:40:04Z ", "invalid_input"},
      {"", "invalid_input"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(parse_utc(text)), want);
  }
}

RC_GTEST_PROP(Time, ReadsBackWhatItWrote, ()) {
  const auto millis = *rc::gen::inRange<std::int64_t>(-2'000'000'000'000, 7'000'000'000'000);
  const UtcTime time{std::chrono::milliseconds{millis}};
  RC_ASSERT(parse_utc(format_utc(time)).value() == time);
  RC_ASSERT(parse_day(format_day(day_of(time))).value() == day_of(time));
}

TEST(Time, ManualClockGoesOnlyWhereItIsSent) {
  ManualClock clock("2026-03-29T00:59:59Z");
  clock.advance(std::chrono::seconds{2});
  EXPECT_EQ(format_utc(clock.now()), "2026-03-29T01:00:01.000Z");
}

}  // namespace
}  // namespace regmark::base
