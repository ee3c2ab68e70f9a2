// Which times short slices take, whatever their length was when they were begun.
#include "sightings/rocksdb/short_spans.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace regmark::sightings::rocks {
namespace {

using std::chrono::minutes;

const base::UtcTime midnight{base::parse_day("2026-03-29").value()};

base::UtcTime at(int minute) {
  return midnight + minutes{minute};
}

TEST(ShortSpans, PartADayByTheirLength) {
  ShortSpans spans;
  EXPECT_EQ(spans.span_for(at(14), minutes{10}), (Span{at(10), at(20)}));
  EXPECT_EQ(spans.span_for(at(20), minutes{10}), (Span{at(20), at(30)}));
  EXPECT_EQ(spans.span_for(at(1'439), minutes{60}), (Span{at(1'380), at(1'440)}));
}

TEST(ShortSpans, ANewLengthTakesWhatIsLeft) {
  ShortSpans spans;
  spans.add(spans.next_number(), {at(10), at(20)});
  spans.add(spans.next_number(), {at(40), at(50)});
  // An hour, less what is before and what is after.
  EXPECT_EQ(spans.span_for(at(25), minutes{60}), (Span{at(20), at(40)}));
  EXPECT_EQ(spans.span_for(at(5), minutes{60}), (Span{at(0), at(10)}));
  EXPECT_EQ(spans.span_for(at(55), minutes{60}), (Span{at(50), at(60)}));
  EXPECT_EQ(spans.number_at(at(19)), DayNumber{1});
  EXPECT_EQ(spans.number_at(at(20)), std::nullopt);
  EXPECT_EQ(spans.number_at(at(9)), std::nullopt);
  // What is gone is not begun again, not even in part.
  spans.add_gone(1, {at(10), at(20)});
  EXPECT_EQ(spans.gone_until(), at(20));
  EXPECT_EQ(spans.number_at(at(15)), std::nullopt);
  EXPECT_EQ(spans.number_from(at(10)), DayNumber{1});
  EXPECT_EQ(spans.span_for(at(20), minutes{60}), (Span{at(20), at(40)}));
}

TEST(ShortSpans, NumbersGoRoundAndPassOverThoseThatStand) {
  ShortSpans spans;
  spans.add(1, {at(0), at(1)});
  for (int number = 2; number <= short_numbers_max; ++number) {
    const auto next = spans.next_number();
    ASSERT_EQ(next, number);
    spans.add(next, {at(number), at(number + 1)});
    spans.add_gone(next, {at(number), at(number + 1)});
    spans.free(next);
  }
  EXPECT_EQ(spans.next_number(), 2);  // the first still stands
  spans.add(2, {at(9'000), at(9'001)});
  EXPECT_EQ(spans.number_from(at(2)), std::nullopt);  // forgotten with its number
  EXPECT_EQ(spans.number_from(at(3)), DayNumber{3});
  EXPECT_EQ(spans.gone_until(), at(short_numbers_max + 1));
}

// While one is on its way out, also an older one than the last, its number is nobody's else.
TEST(ShortSpans, GiveNoNumberThatIsStillGoing) {
  ShortSpans spans;
  spans.add(1, {at(10), at(12)});
  const auto late = spans.next_number();
  spans.add(late, {at(8), at(10)});
  spans.add_gone(late, {at(8), at(10)});
  EXPECT_NE(spans.next_number(), late);
  for (int number = 3; number <= short_numbers_max; ++number) {
    const auto next = spans.next_number();
    spans.add(next, {at(10 * number), at(10 * number + 1)});
    spans.add_gone(next, {at(10 * number), at(10 * number + 1)});
    spans.free(next);
  }
  EXPECT_EQ(spans.next_number(), 3);
  spans.free(late);
  EXPECT_EQ(spans.next_number(), late);
}

// Whatever comes in whatever order, under lengths that change: slices never overlap, each has the
// time that it was made for, and nothing is begun before what is gone.
RC_GTEST_PROP(ShortSpans, NeverOverlap, ()) {
  ShortSpans spans;
  const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(0, 1'440), rc::gen::inRange(0, 5)));
  constexpr int lengths[] = {1, 5, 10, 60};
  bool met = false;
  for (const auto& [minute, how] : steps) {
    const auto time = at(minute);
    if (how == 4) {
      const auto standing = spans.standing();
      if (standing.empty()) continue;
      spans.add_gone(*spans.number_from(standing.front().from), standing.front());
      continue;
    }
    if (time < spans.gone_until() || spans.number_at(time)) {
      met = true;
      continue;
    }
    const auto span = spans.span_for(time, minutes{lengths[how]});
    RC_ASSERT(span.from <= time && time < span.until);
    RC_ASSERT(span.until - span.from <= minutes{lengths[how]});
    RC_ASSERT(span.from >= spans.gone_until());
    spans.add(spans.next_number(), span);
  }
  RC_CLASSIFY(met, "a time that is taken or gone");
  const auto standing = spans.standing();
  for (std::size_t place = 1; place < standing.size(); ++place) {
    RC_ASSERT(standing[place - 1].until <= standing[place].from);
  }
}

}  // namespace
}  // namespace regmark::sightings::rocks
