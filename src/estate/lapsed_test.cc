// What lapsed for want of a review: no review lets it continue.
#include "estate/reviews_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using assessment::Paper;
using assessment::ReviewOutcome;
using std::chrono::days;

class Lapsed : public ReviewedSite {
 protected:
  // Reviewed once, and due again in 100 days; so many later.
  void wait(days after_due) {
    assess_at_last();
    ASSERT_TRUE(review(that_continues(), days{100}));
    estate_.clock.advance(days{100} + after_due);
  }
  Result<void> assess() { return estate_->assess(estate_.to_approve("gate"), gate_); }
  std::string why_not() {
    const auto standing = estate_->standing(base::CameraId::parse("cam-1").value());
    const auto* none = std::get_if<NotJustified>(&standing);
    return none ? none->reason : "it collects";
  }
  // From its assessment to its beginning.
  void take_the_full_path() {
    ASSERT_TRUE(estate_->set_matrix(estate_.receipt(Act::change_matrix, "matrix", "controller"),
                                    assessment::Matrix::example_as_if_decided(),
                                    "as set by the controller"));
    estate_.file_all("gate");
    ASSERT_TRUE(assess());
    ASSERT_TRUE(estate_->decide(estate_.receipt(Act::decide_estate, "gate", "controller"), gate_,
                                assessment::whole_paper("decision")));
    ASSERT_TRUE(estate_->commission(estate_.to_change("gate"), gate_,
                                    assessment::commissioning_of({"cam-1", "cam-2"})));
    EXPECT_FALSE(collects("cam-1"));
    ASSERT_TRUE(estate_->begin(estate_.to_change("gate"), gate_, today() + days{365}));
  }
};

// 28 days of grace (guidance.toml).
TEST_F(Lapsed, OnTheLastDayOfTheGraceItStillContinues) {
  wait(days{28});
  EXPECT_EQ(review(that_continues())->outcome, ReviewOutcome::go_on);
  EXPECT_TRUE(collects("cam-1"));
}

TEST_F(Lapsed, ItsReviewSendsItBackAndItCollectsOnceItIsDecidedAnew) {
  wait(days{29});
  const auto last = base::format_day(today() - days{1});
  const auto reason = "review was due " + base::format_day(today() - days{29}) +
                      "; collects nothing from " + base::format_day(today()) +
                      " until it is assessed and decided anew";
  EXPECT_EQ(why_not(), reason);
  EXPECT_EQ(file().missing,
            std::vector<std::string>{"its justification lapsed after " + last +
                                     ": a review can only send it back, to be assessed and decided "
                                     "anew, or stop it"});
  const auto course = review(that_continues());
  ASSERT_TRUE(course) << course.error().message;
  EXPECT_EQ(course->outcome, ReviewOutcome::reassess);
  EXPECT_EQ(course->paragraphs.back(), "7.1");
  estate_.reopen();
  const auto sent_back = file();
  EXPECT_EQ(sent_back.steps.back().words,
            "review: paragraph 7.1; its justification lapsed after " + last +
                ": it collects nothing before it is assessed and decided anew");
  EXPECT_EQ(sent_back.site.stage, Stage::reassessing);
  EXPECT_EQ(why_not(), reason);
  estate_.clock.advance(days{1});
  const auto between = estate_.clock.now();
  EXPECT_EQ(why_not(), reason);
  // All of it, and not the impact alone.
  EXPECT_EQ(message(assess()).substr(0, 32), "strategic_assessment is missing:");
  take_the_full_path();
  const auto standing = estate_->standing(base::CameraId::parse("cam-1").value());
  ASSERT_TRUE(std::holds_alternative<Justification>(standing));
  EXPECT_FALSE(std::get<Justification>(standing).covers(between - days{1}));
  EXPECT_EQ(due().front().review, today() + days{365});
}

TEST_F(Lapsed, WhatWasInheritedIsNoException) {
  assess_at_last();
  estate_.clock.advance(days{101});  // no grace follows
  EXPECT_EQ(due().front().urgency, Urgency::lapsed);
  EXPECT_FALSE(collects("cam-1"));
  EXPECT_EQ(review(that_continues())->outcome, ReviewOutcome::reassess);
  EXPECT_FALSE(collects("cam-1"));
  take_the_full_path();
  EXPECT_TRUE(collects("cam-1"));
  EXPECT_EQ(file().site.path, Path::full);
}

// Whatever else was found: what is sent back in time collects for a while, and this does not.
struct OtherAnswer {
  std::string_view part, field, answer, paragraph;
  ReviewOutcome outcome;
};

class LapsedAndMore : public Lapsed, public ::testing::WithParamInterface<OtherAnswer> {};

TEST_P(LapsedAndMore, IsNotOpenedAgainByIt) {
  const auto& found = GetParam();
  wait(days{29});
  auto paper = that_finds_a_change();
  paper.parts[std::string(found.part)].rows[0][std::string(found.field)] = found.answer;
  const auto course = review(paper);
  ASSERT_TRUE(course) << course.error().message;
  EXPECT_EQ(course->paragraphs.back(), found.paragraph);
  EXPECT_EQ(course->outcome, found.outcome);
  EXPECT_FALSE(collects("cam-1"));
}

INSTANTIATE_TEST_SUITE_P(
    OfEach, LapsedAndMore,
    ::testing::Values(OtherAnswer{"proportionate", "still", "yes", "7.1", ReviewOutcome::reassess},
                      OtherAnswer{"aims", "met", "no", "7.3", ReviewOutcome::reassess},
                      OtherAnswer{"need", "need_remains", "no", "7.4", ReviewOutcome::stop},
                      OtherAnswer{"proportionate", "still", "no", "7.9", ReviewOutcome::stop}));

}  // namespace
}  // namespace regmark::estate
