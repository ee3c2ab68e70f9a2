#include "assessment/review_course.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "assessment/assessment_testing.h"

namespace regmark::assessment {
namespace {

using Answer = std::optional<bool>;

std::string path(const ReviewCourse& course) {
  std::string text;
  for (const auto paragraph : course.paragraphs) {
    text += (text.empty() ? "" : " ") + std::string(paragraph);
  }
  return text + " " + std::string(name(course.outcome));
}

ReviewAnswers answers(const std::array<Answer, 7>& all, bool impact_assessed) {
  return {all[0], all[1], all[2], all[3], all[4], all[5], all[6], impact_assessed};
}

TEST(ReviewCourse, WalksSectionSeven) {
  constexpr Answer yes = true;
  constexpr Answer no = false;
  constexpr Answer none;
  struct Case {
    std::string_view what, want;
    std::array<Answer, 7> found;
    bool impact_assessed = false;
  };
  const Case cases[] = {
      {"nothing", "7.1 7.2 unanswered", {none, none, none, none, none, none, none}},
      {"no aims", "7.1 7.2 7.3 unanswered", {yes, yes, none, no, no, no, none}},
      {"irrelevant", "7.1 7.2 7.3 7.4 stop", {yes, no, yes, none, none, none, none}},
      {"no need", "7.1 7.2 7.3 7.4 stop", {no, yes, yes, none, none, none, none}},
      {"unchanged", "7.1 7.2 7.3 7.5 7.6 continue", {yes, yes, yes, no, no, no, none}},
      {"half asked", "7.1 7.2 7.3 7.5 unanswered", {yes, yes, yes, no, none, no, none}},
      {"changed", "7.1 7.2 7.3 7.5 7.7 unanswered", {yes, yes, yes, no, yes, no, none}},
      {"not assessed", "7.1 7.2 7.3 7.5 7.7 reassess", {yes, yes, yes, no, yes, no, yes}},
      {"justified", "7.1 7.2 7.3 7.5 7.7 7.8 continue", {yes, yes, yes, no, yes, no, yes}, true},
      {"not justified", "7.1 7.2 7.3 7.5 7.7 7.9 stop", {yes, yes, yes, no, yes, no, no}},
      {"and assessed", "7.1 7.2 7.3 7.5 7.7 7.9 stop", {yes, yes, yes, no, yes, no, no}, true},
      // Why it is assessed anew is that it missed its aims: 7.6 and 7.8 would let it continue.
      {"failed", "7.1 7.2 7.3 reassess", {yes, yes, no, no, no, no, none}},
      {"failed, changed", "7.1 7.2 7.3 reassess", {yes, yes, no, yes, no, no, yes}, true},
      {"failed, not assessed", "7.1 7.2 7.3 reassess", {yes, yes, no, yes, no, no, yes}},
      {"failed, half asked", "7.1 7.2 7.3 7.5 unanswered", {yes, yes, no, no, none, no, none}},
      {"failed, not justified", "7.1 7.2 7.3 7.5 7.7 7.9 stop", {yes, yes, no, yes, no, no, no}},
      {"failed, irrelevant", "7.1 7.2 7.3 7.4 stop", {yes, no, no, none, none, none, none}},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    EXPECT_EQ(path(follow(answers(one.found, one.impact_assessed))), one.want);
  }
}

// All 3^7 ways to answer, with the impact assessed and without: none ends without walking every
// paragraph before it, and none that skipped an answer lets a camera go on.
TEST(ReviewCourse, NoWayToAnswerSkipsAStep) {
  constexpr std::array<Answer, 3> ways{std::nullopt, false, true};
  int ended = 0;
  for (int number = 0; number < 2 * 2'187; ++number) {
    const bool assessed = number >= 2'187;
    std::array<Answer, 7> found;
    for (int rest = number % 2'187; auto& answer : found) {
      answer = ways.at(static_cast<std::size_t>(rest % 3));
      rest /= 3;
    }
    const auto course = follow(answers(found, assessed));
    const auto walked = [&](std::string_view paragraph) {
      return std::ranges::find(course.paragraphs, paragraph) != course.paragraphs.end();
    };
    ASSERT_TRUE(std::ranges::is_sorted(course.paragraphs));
    ASSERT_TRUE(walked("7.1") && walked("7.2"));
    if (course.outcome == ReviewOutcome::unanswered) continue;
    ++ended;
    ASSERT_TRUE(found[0] && found[1] && found[2] && walked("7.3"));
    const bool stands = *found[0] && *found[1];
    ASSERT_EQ(!stands, walked("7.4"));
    ASSERT_EQ(walked("7.4") || walked("7.9"), course.outcome == ReviewOutcome::stop);
    if (!stands) continue;
    ASSERT_TRUE(found[3] && found[4] && found[5]);
    const bool changed = *found[3] || *found[4] || *found[5];
    const bool stops = changed && found[6] && !*found[6];
    if (!*found[2] && !stops) {
      ASSERT_EQ(course.outcome, ReviewOutcome::reassess);
      ASSERT_EQ(course.paragraphs.back(), "7.3");
      ASSERT_TRUE(!changed || found[6]);
      continue;
    }
    ASSERT_TRUE(walked("7.5"));
    ASSERT_EQ(changed, walked("7.7"));
    ASSERT_EQ(!changed, walked("7.6"));
    if (changed) {
      ASSERT_TRUE(found[6]);
      ASSERT_EQ(*found[6] && assessed, walked("7.8"));
      ASSERT_EQ(!*found[6], walked("7.9"));
    }
    // What changed and was not assessed never goes on, whatever else was answered.
    ASSERT_FALSE(changed && !assessed && course.outcome == ReviewOutcome::go_on);
    if (course.outcome == ReviewOutcome::go_on) {
      ASSERT_TRUE(*found[2]);
      ASSERT_TRUE(walked("7.6") != walked("7.8"));
    }
  }
  EXPECT_GT(ended, 1'000);
}

TEST(ReviewCourse, ReadsItsAnswersFromThePaper) {
  auto paper = review_that_continues();
  EXPECT_EQ(path(follow(answers_in(paper))), "7.1 7.2 7.3 7.5 7.6 continue");
  paper.parts["impact"].rows[0]["transients_changed"] = "yes";
  EXPECT_EQ(path(follow(answers_in(paper))), "7.1 7.2 7.3 7.5 7.7 unanswered");
  EXPECT_EQ(path(follow(answers_in({}))), "7.1 7.2 unanswered");
}

}  // namespace
}  // namespace regmark::assessment
