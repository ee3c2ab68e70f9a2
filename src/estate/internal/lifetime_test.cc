#include "estate/internal/lifetime.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::estate::internal {
namespace {

base::UtcTime at(std::string_view text) {
  return base::parse_utc(text).value();
}
base::UtcDay day(std::string_view text) {
  return base::parse_day(text).value();
}

TEST(LivePeriods, ReviewsInTimeMakeOnePeriod) {
  const Decision decisions[] = {{at("2026-01-10T09:00:00Z"), day("2026-06-30")},
                                {at("2026-06-30T23:59:59Z"), day("2027-06-30")}};
  const auto periods = live_periods(decisions);
  ASSERT_EQ(periods.size(), 1U);
  EXPECT_EQ(periods[0], (Period{at("2026-01-10T09:00:00Z"), at("2027-07-01T00:00:00Z")}));
}

TEST(LivePeriods, ALateReviewLeavesAHole) {
  const Decision decisions[] = {{at("2026-01-10T09:00:00Z"), day("2026-06-30")},
                                {at("2026-07-01T00:00:01Z"), day("2027-06-30")}};
  const auto periods = live_periods(decisions);
  ASSERT_EQ(periods.size(), 2U);
  EXPECT_EQ(periods[0], (Period{at("2026-01-10T09:00:00Z"), at("2026-07-01T00:00:00Z")}));
  EXPECT_EQ(periods[1], (Period{at("2026-07-01T00:00:01Z"), at("2027-07-01T00:00:00Z")}));
}

TEST(LivePeriods, AReviewMayShortenWhatWasLeft) {
  const Decision decisions[] = {{at("2026-01-10T09:00:00Z"), day("2026-12-31")},
                                {at("2026-03-01T00:00:00Z"), day("2026-04-30")}};
  const auto periods = live_periods(decisions);
  ASSERT_EQ(periods.size(), 1U);
  EXPECT_EQ(periods[0].until, at("2026-05-01T00:00:00Z"));
}

Lifetime stopped(std::string_view until, std::string_view ended) {
  return {{{at("2026-01-01T00:00:00Z"), at(until)}},
          at(ended),
          "the site was stopped",
          "review was due 2026-01-03"};
}

TEST(Judge, SaysWhetherAndWhyNot) {
  // Due, and the guidance's grace after it.
  const Lifetime going{{{at("2026-01-01T00:00:00Z"), at("2026-07-01T00:00:00Z")}},
                       {},
                       {},
                       "review was due 2026-06-02"};
  const Lifetime ends = stopped("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z");
  // It lapsed before it was stopped.
  const Lifetime lapsed = stopped("2026-02-01T00:00:00Z", "2026-03-01T12:00:00Z");
  struct Case {
    const Lifetime& life;
    std::string_view now;
    bool collects, may_hand_in;
    std::string_view why_not;
  };
  const Case cases[] = {
      {going, "2025-12-31T23:59:59Z", false, false, "not live before 2026-01-01T00:00:00.000Z"},
      {going, "2026-01-01T00:00:00Z", true, true, ""},
      {going, "2026-06-30T23:59:59.999999Z", true, true, ""},
      {going, "2026-07-01T00:00:00Z", false, false,
       "review was due 2026-06-02; collects nothing from 2026-07-01"},
      {ends, "2026-03-01T11:59:59Z", true, true, ""},
      {ends, "2026-03-01T12:00:00Z", false, true,
       "the site was stopped at 2026-03-01T12:00:00.000Z"},
      {ends, "2026-03-08T12:00:00Z", false, true,  // seven days, to the microsecond
       "the site was stopped at 2026-03-01T12:00:00.000Z"},
      {ends, "2026-03-08T12:00:00.000001Z", false, false,
       "the site was stopped at 2026-03-01T12:00:00.000Z"},
      {lapsed, "2026-02-15T00:00:00Z", false, false,
       "review was due 2026-01-03; collects nothing from 2026-02-01"},
      {lapsed, "2026-03-02T00:00:00Z", false, false,
       "the site was stopped at 2026-03-01T12:00:00.000Z"},
      {Lifetime{}, "2026-03-02T00:00:00Z", false, false, "never live"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.now);
    const auto verdict = judge(one.life, at(one.now));
    EXPECT_EQ(verdict.collects, one.collects);
    EXPECT_EQ(verdict.may_hand_in, one.may_hand_in);
    EXPECT_EQ(verdict.why_not, one.why_not);
  }
}

base::UtcTime hour(int number) {
  return at("2026-01-01T00:00:00Z") + std::chrono::hours{number};
}

// The slow twin: at each hour, the last decision made by then says whether it is live.
RC_GTEST_PROP(LivePeriods, AgreeWithTheLastDecisionAtEachHour, ()) {
  std::vector<Decision> decisions;
  int made_at = 0;
  const auto count = *rc::gen::inRange(0, 6);
  for (int number = 0; number < count; ++number) {
    made_at += *rc::gen::inRange(1, 100);
    const auto made = hour(made_at);
    decisions.push_back({made, base::day_of(made) + std::chrono::days{*rc::gen::inRange(0, 4)}});
  }
  const auto periods = live_periods(decisions);
  RC_CLASSIFY(periods.size() > 1, "with a hole");
  for (int number = 0; number < 700; ++number) {
    bool live = false;
    for (const auto& decision : decisions) {
      if (decision.at <= hour(number)) live = hour(number) < overdue_from(decision.review);
    }
    const auto holds = std::ranges::count_if(
        periods, [&](const Period& period) { return period.contains(hour(number)); });
    RC_ASSERT(holds == (live ? 1 : 0));
  }
}

RC_GTEST_PROP(Cut, LeavesWhatIsInBoth, ()) {
  std::vector<Period> periods;
  int edge = 0;
  for (int number = *rc::gen::inRange(0, 5); number > 0; --number) {
    const int from = edge + *rc::gen::inRange(1, 20);
    edge = from + *rc::gen::inRange(1, 20);
    periods.push_back({hour(from), hour(edge)});
  }
  Period bound{hour(*rc::gen::inRange(0, 100)), std::nullopt};
  if (*rc::gen::arbitrary<bool>()) bound.until = bound.from + std::chrono::hours{30};
  const auto left = cut(periods, bound);
  RC_CLASSIFY(!left.empty(), "something left");
  const auto inside = [](const std::vector<Period>& all, base::UtcTime time) {
    return std::ranges::any_of(all, [&](const Period& period) { return period.contains(time); });
  };
  for (int number = 0; number < 220; ++number) {
    RC_ASSERT(inside(left, hour(number)) ==
              (inside(periods, hour(number)) && bound.contains(hour(number))));
  }
}

}  // namespace
}  // namespace regmark::estate::internal
