#include "oversight/reviews.h"

#include <gtest/gtest.h>

#include "oversight/oversight_testing.h"

namespace regmark::oversight {
namespace {

using access::Act;

class ReviewQueue : public ::testing::Test {
 protected:
  Review drawn_one(Looked looked = {}) {
    rooms_.draw = drawn;
    REGMARK_CHECK(rooms_.search("searcher", access::test_purpose(), std::move(looked)));
    return rooms_.reviews("nobody").back();
  }
  Result<Review> take(const ReviewId& id, std::string_view person = "reviewer",
                      std::string_view line = "") {
    return rooms_.room->reviews.take(rooms_.receipt(Act::review_searches, id.text(), person), id,
                                     line);
  }
  Result<Review> decide(const ReviewId& id, ReviewState to, std::string_view words = "as it says",
                        std::string_view person = "reviewer") {
    return rooms_.room->reviews.decide(rooms_.receipt(Act::review_searches, id.text(), person), id,
                                       "", to, words);
  }
  MonthOfReviews last_month() {
    return rooms_.room->reviews.figures(rooms_.receipt(Act::read_reviews)).value().back();
  }

  TestOversight rooms_;
};

TEST_F(ReviewQueue, GoesFromWaitingToAnOutcomeInWords) {
  const auto one = drawn_one();
  EXPECT_EQ(one.due, rooms_.clock.now() + Settings{}.review_within);
  EXPECT_EQ(outcome(decide(one.id, ReviewState::in_order)), "conflict");  // nobody took it
  ASSERT_EQ(take(one.id)->owner->text(), "reviewer");
  EXPECT_EQ(outcome(decide(one.id, ReviewState::in_order, " ")), "invalid_input");
  EXPECT_EQ(outcome(decide(one.id, ReviewState::waiting)), "invalid_input");
  EXPECT_EQ(outcome(decide(one.id, ReviewState::in_order, "ok", "other")), "conflict");
  ASSERT_TRUE(decide(one.id, ReviewState::in_order));
  EXPECT_EQ(outcome(decide(one.id, ReviewState::misuse_suspected)), "conflict");
  EXPECT_EQ(outcome(take(one.id, "other")), "conflict");
  const auto over = rooms_.reviews().at(0);
  EXPECT_EQ(over.state, ReviewState::in_order);
  ASSERT_EQ(over.steps.size(), 2U);
  EXPECT_EQ(over.steps[1].words, "as it says");
}

TEST_F(ReviewQueue, AnExplanationHasAClockOfItsOwn) {
  const auto one = drawn_one();
  ASSERT_TRUE(take(one.id));
  rooms_.clock.advance(std::chrono::days{10});
  const auto asked = decide(one.id, ReviewState::needs_explanation, "why at night?");
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->due, rooms_.clock.now() + Settings{}.review_within);
  EXPECT_EQ(outcome(decide(one.id, ReviewState::needs_explanation)), "conflict");
  ASSERT_TRUE(decide(one.id, ReviewState::misuse_suspected, "no case was worked on"));
  EXPECT_EQ(last_month().needs_explanation, 1U);
  EXPECT_EQ(last_month().misuse_suspected, 1U);
  EXPECT_EQ(last_month().reviewed, 1U);
}

TEST_F(ReviewQueue, IsNotForWhoeverHadAPartInIt) {
  const auto one = drawn_one({.leave = Leave{.id = base::AuthorityId::parse("authority-1").value(),
                                             .giver = base::PersonId::parse("giver").value(),
                                             .giver_line = "south"},
                              .line = "north"});
  struct Case {
    std::string_view person, line;
    bool may;
  };
  constexpr Case cases[] = {
      {"searcher", "", false},      {"giver", "", false},       {"reviewer", "north", false},
      {"reviewer", "south", false}, {"reviewer", "east", true}, {"reviewer", "", true},
  };
  for (const auto& [person, line, may] : cases) {
    SCOPED_TRACE(std::string(person) + " " + std::string(line));
    EXPECT_EQ(rooms_.reviews(person, line).size(), may ? 1U : 0U);
    EXPECT_EQ(outcome(take(one.id, person, line)), may ? "ok" : "not_found");
  }
}

TEST_F(ReviewQueue, AnotherTakesOverWhatSomebodyLeft) {
  const auto one = drawn_one();
  ASSERT_TRUE(take(one.id, "first"));
  ASSERT_TRUE(take(one.id, "second"));
  EXPECT_EQ(outcome(decide(one.id, ReviewState::in_order, "ok", "first")), "conflict");
  EXPECT_TRUE(decide(one.id, ReviewState::in_order, "ok", "second"));
}

TEST_F(ReviewQueue, WhatIsOverdueGoesToStandards) {
  const auto one = drawn_one();
  rooms_.clock.advance(Settings{}.review_within - std::chrono::seconds{1});
  EXPECT_EQ(rooms_.room->reviews.overdue().value(), 0U);
  rooms_.clock.advance(std::chrono::seconds{1});
  EXPECT_EQ(rooms_.room->reviews.overdue().value(), 1U);
  EXPECT_EQ(rooms_.room->reviews.open().value(), 1U);
  EXPECT_EQ(last_month().overdue, 1U);
  const auto escalated = [&] {
    return rooms_.room->reviews.escalated(rooms_.receipt(Act::read_signals), 10).value();
  };
  ASSERT_EQ(escalated().size(), 1U);
  EXPECT_EQ(escalated()[0].id, one.id);
  ASSERT_TRUE(take(one.id));
  ASSERT_TRUE(decide(one.id, ReviewState::in_order));
  EXPECT_TRUE(escalated().empty());
  EXPECT_EQ(rooms_.room->reviews.open().value(), 0U);
}

TEST_F(ReviewQueue, TheOneThatIsDueFirstStandsAtTheTop) {
  const auto first = drawn_one();
  rooms_.clock.advance(std::chrono::hours{1});
  const auto second = drawn_one();
  rooms_.clock.advance(std::chrono::hours{1});
  drawn_one();
  ASSERT_TRUE(take(first.id));
  ASSERT_TRUE(decide(first.id, ReviewState::in_order));
  const auto queue = rooms_.reviews();
  ASSERT_EQ(queue.size(), 3U);
  EXPECT_EQ(queue[0].id, second.id);
  EXPECT_EQ(queue[2].id, first.id);
}

TEST_F(ReviewQueue, WantsAReceiptForThisReview) {
  const auto one = drawn_one();
  const auto other = rooms_.receipt(Act::review_searches, "review-x");
  EXPECT_EQ(outcome(rooms_.room->reviews.take(other, one.id, "")), "invalid_input");
  EXPECT_EQ(outcome(rooms_.room->reviews.list(rooms_.receipt(Act::read_signals), "", 1)),
            "invalid_input");
  EXPECT_EQ(outcome(rooms_.room->reviews.escalated(rooms_.receipt(Act::review_searches), 1)),
            "invalid_input");
}

}  // namespace
}  // namespace regmark::oversight
