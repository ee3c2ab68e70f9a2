#include "intake/internal/times.h"

#include <gtest/gtest.h>

namespace regmark::intake {
namespace {

TEST(Times, AreJudgedByTheirDistances) {
  struct Case {
    std::string_view observed, sent, received, want;
  };
  constexpr Case cases[] = {
      {"2026-03-29T00:30:00Z", "2026-03-29T00:30:01Z", "2026-03-29T00:30:02Z", "live"},
      // Exactly at the bounds: two minutes late, half a minute of skew either way.
      {"2026-03-29T00:28:00Z", "2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "live"},
      {"2026-03-29T00:27:59Z", "2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "late"},
      {"2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "2026-03-29T00:30:30Z", "live"},
      {"2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "2026-03-29T00:30:30.001Z", "skewed"},
      {"2026-03-29T00:30:30Z", "2026-03-29T00:30:30Z", "2026-03-29T00:30:00Z", "live"},
      {"2026-03-29T00:30:31Z", "2026-03-29T00:30:31Z", "2026-03-29T00:30:00Z", "skewed"},
      // A clock that is an hour off, as one that knows nothing of summer time.
      {"2026-03-29T01:30:00Z", "2026-03-29T01:30:01Z", "2026-03-29T00:30:02Z", "skewed"},
      {"2026-03-28T00:00:00Z", "2026-03-29T00:30:31Z", "2026-03-29T00:30:00Z", "skewed late"},
      // Observed after it was sent.
      {"2026-03-29T00:30:30Z", "2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "live"},
      {"2026-03-29T00:30:31Z", "2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "invalid_input"},
      // Ahead of us by more than a slice.
      {"2026-03-30T00:30:00Z", "2026-03-30T00:30:00Z", "2026-03-29T00:30:00Z", "skewed"},
      {"2026-03-30T00:30:01Z", "2026-03-30T00:30:01Z", "2026-03-29T00:30:00Z", "invalid_input"},
      {"2199-01-01T00:00:00Z", "2199-01-01T00:00:00Z", "2026-03-29T00:30:00Z", "invalid_input"},
      // A year ago to the instant, and before.
      {"2025-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "late"},
      {"2025-03-29T00:29:59Z", "2026-03-29T00:30:00Z", "2026-03-29T00:30:00Z", "too_old"},
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-03-29T00:30:00Z", "too_old"},
      {"1900-01-01T00:00:00Z", "1900-01-01T00:00:00Z", "2026-03-29T00:30:00Z", "too_old"},
  };
  for (const auto& [observed, sent, received, want] : cases) {
    SCOPED_TRACE(testing::Message() << observed << " " << sent << " " << received);
    const auto verdict = judge_times({.observed = base::parse_utc(observed).value(),
                                      .sent = base::parse_utc(sent).value(),
                                      .received = base::parse_utc(received).value()},
                                     Tolerances{});
    auto word = verdict.refused;
    if (word.empty() && verdict.skewed) word = "skewed";
    if (verdict.refused.empty() && verdict.late) word += word.empty() ? "late" : " late";
    EXPECT_EQ(word.empty() ? "live" : word, want);
    EXPECT_EQ(verdict.message.empty(), verdict.refused.empty());
  }
}

}  // namespace
}  // namespace regmark::intake
