#include "accountability/quarters.h"

#include <gtest/gtest.h>

namespace regmark::accountability {
namespace {

base::UtcDay day(std::string_view text) {
  return base::parse_day(text).value();
}

TEST(Quarters, AreWholeAndOver) {
  struct Case {
    std::string_view from, until, today, want;
  };
  constexpr Case cases[] = {
      {"2026-01-01", "2026-03-31", "2026-04-01", "1"},
      {"2025-01-01", "2025-12-31", "2026-03-28", "4"},
      {"2024-10-01", "2025-03-31", "2026-03-28", "2"},
      {"2016-01-01", "2025-12-31", "2026-03-28", "40"},
      // Errors, in the order the header promises them.
      {"2026-03-31", "2026-01-01", "2026-04-01", "the last day is before the first"},
      {"2026-01-02", "2026-03-31", "2026-04-01", "whole"},
      {"2026-01-01", "2026-03-30", "2026-04-01", "whole"},
      {"2026-02-01", "2026-04-30", "2026-06-01", "whole"},
      {"2026-01-01", "2026-01-01", "2026-04-01", "whole"},
      {"2026-01-01", "2026-03-31", "2026-03-31", "not over"},
      {"2015-10-01", "2025-12-31", "2026-03-28", "ten years"},
  };
  for (const auto& [from, until, today, want] : cases) {
    SCOPED_TRACE(std::string(from) + " to " + std::string(until));
    const auto found = quarters_of(day(from), day(until), day(today));
    const auto said = found ? std::to_string(found->size()) : found.error().message;
    EXPECT_NE(said.find(want), std::string::npos) << said;
  }
}

TEST(Quarters, FollowOneAnotherWithoutAGap) {
  const auto found = quarters_of(day("2023-01-01"), day("2025-12-31"), day("2026-01-01"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->front().first, day("2023-01-01"));
  EXPECT_EQ(found->at(4), (Quarter{day("2024-01-01"), day("2024-03-31")}));
  EXPECT_EQ(found->back().last, day("2025-12-31"));
  for (std::size_t i = 1; i < found->size(); ++i) {
    EXPECT_EQ(found->at(i).first, found->at(i - 1).last + std::chrono::days{1});
  }
}

}  // namespace
}  // namespace regmark::accountability
