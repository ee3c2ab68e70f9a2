#include "estate/life.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace regmark::estate {
namespace {

using Taken = std::vector<Step>;

std::string words(const Taken& taken) {
  std::string text;
  for (const auto step : taken) text += std::string(name(step)) + " ";
  return text;
}

// Every way to take up to `steps_left` steps that follow.
void walk(const Place& place, Taken& taken, int steps_left,
          const std::function<void(const Place&, const Taken&)>& visit) {
  visit(place, taken);
  if (steps_left == 0) return;
  for (const auto step : all_steps) {
    const auto next = after(place, step);
    if (!next) continue;
    taken.push_back(step);
    walk(*next, taken, steps_left - 1, visit);
    taken.pop_back();
  }
}

// Where each of `wanted` was last taken, in this order, after the last of `since`.
bool in_order(const Taken& taken, std::initializer_list<Step> wanted) {
  auto from = taken.begin();
  for (const auto step : wanted) {
    from = std::find(from, taken.end(), step);
    if (from == taken.end()) return false;
    ++from;
  }
  return true;
}

// From where it was taken last.
Taken since_last(const Taken& taken, Step step) {
  const auto last = std::find(taken.rbegin(), taken.rend(), step);
  return last == taken.rend() ? Taken{} : Taken(last.base() - 1, taken.end());
}

constexpr int depth = 16;

// The promise: whoever walks any path finds every step before it.
TEST(Life, NoPathSkipsAStep) {
  int visited = 0;
  for (const auto path : all_paths) {
    Taken taken;
    walk({path, Stage::nothing, false}, taken, depth, [&](const Place& place, const Taken& so_far) {
      ++visited;
      if (so_far.empty()) return;
      const auto first = so_far.front();
      ASSERT_EQ(first == Step::inherit, path == Path::inherited);
      ASSERT_TRUE(first == Step::inherit || first == Step::propose);
      switch (so_far.back()) {
        case Step::begin:
          ASSERT_TRUE(in_order(since_last(so_far, Step::assess),
                               {Step::assess, Step::decide, Step::commission, Step::begin}))
              << words(so_far);
          break;
        case Step::go_on:
        case Step::reassess:
          ASSERT_EQ(so_far.at(so_far.size() - 2), Step::review) << words(so_far);
          break;
        case Step::decommission:
          ASSERT_TRUE(so_far.at(so_far.size() - 2) == Step::stop ||
                      so_far.at(so_far.size() - 2) == Step::refuse)
              << words(so_far);
          break;
        default:
          break;
      }
      // Nothing is live that neither two people, nor the whole path, nor the import made so.
      if (place.stage == Stage::live) {
        ASSERT_TRUE(place.was_live);
        ASSERT_TRUE(path == Path::inherited || in_order(so_far, {Step::propose, Step::approve}) ||
                    in_order(so_far, {Step::propose, Step::assess, Step::decide, Step::commission,
                                      Step::begin}))
            << words(so_far);
      }
      // Only the full path and what was inherited live on from review to review.
      if (std::ranges::find(so_far, Step::review) != so_far.end()) {
        ASSERT_FALSE(is_short(place.path)) << words(so_far);
      }
    });
  }
  EXPECT_GT(visited, 1'000);
}

TEST(Life, StoppedStaysStopped) {
  for (const auto path : all_paths) {
    Taken taken;
    walk({path, Stage::nothing, false}, taken, depth, [&](const Place& place, const Taken& so_far) {
      const auto stop = std::ranges::find(so_far, Step::stop);
      if (stop == so_far.end()) return;
      ASSERT_TRUE(place.stage == Stage::stopped || place.stage == Stage::decommissioned)
          << words(so_far);
    });
  }
}

// One that grows past twelve months takes the whole path, or stops.
TEST(Life, WhatGrowsPastTheShortPathIsAssessed) {
  Place place{Path::under_twelve_months, Stage::live, true};
  EXPECT_FALSE(after(place, Step::review));
  place = after(place, Step::take_full_path).value();
  EXPECT_EQ(place.path, Path::full);
  std::set<Step> next;
  for (const auto step : all_steps) {
    if (after(place, step)) next.insert(step);
  }
  EXPECT_EQ(next, (std::set{Step::assess, Step::stop}));
}

// What was written after the decision is assessed, and then it is decided again.
TEST(Life, WhatIsAssessedAnewIsDecidedAnew) {
  for (const auto stage : {Stage::decided, Stage::commissioned}) {
    for (const bool was_live : {false, true}) {
      const auto anew = after({Path::full, stage, was_live}, Step::assess);
      ASSERT_TRUE(anew);
      EXPECT_EQ(*anew, (Place{Path::full, Stage::assessed, was_live}));
      EXPECT_FALSE(after(*anew, Step::commission));
      EXPECT_FALSE(after(*anew, Step::begin));
    }
  }
}

TEST(Life, AControllerWhoRefusesWhatStandsStopsIt) {
  EXPECT_EQ(after({Path::full, Stage::assessed, false}, Step::refuse)->stage, Stage::refused);
  EXPECT_EQ(after({Path::full, Stage::assessed, true}, Step::refuse)->stage, Stage::stopped);
}

TEST(Life, NamesReadBack) {
  for (const auto step : all_steps) EXPECT_EQ(step_of(name(step)), step);
  for (const auto path : all_paths) EXPECT_EQ(path_of(name(path)), path);
  EXPECT_FALSE(step_of("skip"));
}

}  // namespace
}  // namespace regmark::estate
