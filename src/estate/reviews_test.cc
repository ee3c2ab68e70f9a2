// The yearly review with real records: due, overdue, lapsed; its outcome takes effect at once.
#include <gtest/gtest.h>

#include "estate/reviews_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using assessment::Paper;
using assessment::ReviewOutcome;
using std::chrono::days;

using Reviews = ReviewedSite;

TEST_F(Reviews, WarnThenEscalateThenTheJustificationLapses) {
  EXPECT_EQ(due().front().urgency, Urgency::later);
  struct Case {
    days later;
    Urgency urgency;
    bool collects;
  };
  constexpr Case inherited[] = {{days{50}, Urgency::soon, true}, {days{50}, Urgency::soon, true}};
  for (const auto& one : inherited) {
    estate_.clock.advance(one.later);
    EXPECT_EQ(due().front().urgency, one.urgency);
    EXPECT_EQ(collects("cam-1"), one.collects);
  }
  assess_at_last();
  ASSERT_TRUE(review(of_both(assessment::review_that_continues()), days{100}));
  EXPECT_TRUE(collects("cam-1"));
  constexpr Case reviewed[] = {
      {days{39}, Urgency::later, true},    {days{1}, Urgency::soon, true},
      {days{60}, Urgency::soon, true},     {days{1}, Urgency::overdue, true},
      {days{7}, Urgency::escalated, true}, {days{20}, Urgency::escalated, true},
      {days{1}, Urgency::lapsed, false}};
  for (const auto& one : reviewed) {
    estate_.clock.advance(one.later);
    EXPECT_EQ(due().front().urgency, one.urgency) << base::format_day(today());
    EXPECT_EQ(collects("cam-1"), one.collects) << base::format_day(today());
  }
}

TEST_F(Reviews, ADryRunShowsWhatWouldStop) {
  EXPECT_EQ(would_stop(days{0}), 0U);
  EXPECT_EQ(would_stop(days{100}), 0U);
  EXPECT_EQ(would_stop(days{101}), 2U);
  EXPECT_TRUE(collects("cam-1"));  // it only showed it
  estate_.clock.advance(days{101});
  EXPECT_FALSE(collects("cam-1"));
  EXPECT_EQ(would_stop(days{0}), 0U);  // stopped already
}

// When it was due, and from when on: they are the guidance's grace apart.
TEST_F(Reviews, ADryRunSaysWhenItWasDueAndFromWhenNothingIsCollected) {
  const auto why = [&](days in) {
    return estate_
        ->would_stop(estate_.receipt(Act::read_estate, "reviews", "reviewer"), today() + in)
        ->front()
        .why;
  };
  const auto words = [&](std::string_view what, days due, days from) {
    return std::string(what) + base::format_day(today() + due) + "; collects nothing from " +
           base::format_day(today() + from);
  };
  const std::string anew = " until it is assessed and decided anew";
  // Inherited: no grace follows.
  EXPECT_EQ(why(days{101}), words("review was due ", days{100}, days{101}) + anew);
  assess_at_last();
  ASSERT_TRUE(review(of_both(assessment::review_that_continues()), days{100}));
  EXPECT_EQ(why(days{200}), words("review was due ", days{100}, days{129}) + anew);
  auto paper = of_both(assessment::review_that_continues());
  paper.parts["aims"].rows[0]["met"] = "no";
  ASSERT_EQ(review(paper)->outcome, ReviewOutcome::reassess);
  EXPECT_EQ(why(days{200}), words("it was to be assessed anew by ", days{90}, days{91}));
}

TEST_F(Reviews, NothingContinuesThatWasNeverAssessed) {
  const auto paper = of_both(assessment::review_that_continues());
  EXPECT_EQ(message(review(paper)), "strategic_assessment is missing: nothing continues without");
  assess_at_last();
  EXPECT_EQ(review(paper)->outcome, ReviewOutcome::go_on);
  EXPECT_EQ(due().front().review, today() + days{365});
}

TEST_F(Reviews, WhoeverBroughtItInDoesNotReviewIt) {
  EXPECT_EQ(message(review(of_both(assessment::review_that_continues()), days{365}, test_author)),
            "whoever took it in from a register may not judge it");
}

TEST_F(Reviews, DecideForEachCamera) {
  assess_at_last();
  EXPECT_EQ(message(review(assessment::review_that_continues())),
            "cameras: nothing is said of cam-1, cam-2");
  auto twice = of_both(assessment::review_that_continues());
  twice.parts["cameras"].rows[1]["camera"] = "cam-1";
  EXPECT_EQ(message(review(twice)), "cameras: cam-1 does not stand at the site, or is there twice");
  ASSERT_TRUE(review(of_both(assessment::review_that_continues(), "continue", "stop")));
  estate_.clock.advance(spool_grace + days{1});
  EXPECT_TRUE(collects("cam-1"));
  EXPECT_FALSE(collects("cam-2"));
}

// A site without a camera that is "continued" would stand as live until the next year.
TEST_F(Reviews, NothingContinuesOfWhichEveryCameraStops) {
  assess_at_last();
  const auto paper = of_both(assessment::review_that_continues(), "stop", "stop");
  EXPECT_EQ(message(review(paper)),
            "cameras: every one is to stop, and by the other answers the site continues (7.6): "
            "answer that it is no longer relevant (7.4) or proportionate (7.9), or let a camera "
            "continue");
  EXPECT_TRUE(collects("cam-1"));  // nothing half saved
  auto stops = paper;
  stops.parts["need"].rows[0]["relevant"] = "no";
  EXPECT_EQ(review(stops)->paragraphs.back(), "7.4");
  EXPECT_TRUE(due().empty());
}

// What missed its aims may be assessed anew for other cameras.
TEST_F(Reviews, WhatIsAssessedAnewMayStopEveryCameraAtOnce) {
  auto paper = of_both(assessment::review_that_continues(), "stop", "stop");
  paper.parts["aims"].rows[0]["met"] = "no";
  const auto course = review(paper);
  ASSERT_TRUE(course) << course.error().message;
  EXPECT_EQ(course->outcome, ReviewOutcome::reassess);
  EXPECT_EQ(course->paragraphs.back(), "7.3");
  estate_.clock.advance(spool_grace + days{1});
  EXPECT_FALSE(collects("cam-1"));
}

TEST_F(Reviews, StopMeansStop) {
  auto paper = assessment::review_that_continues();
  paper.parts["need"].rows[0]["relevant"] = "no";
  paper.parts.erase("impact");
  estate_.clock.advance(std::chrono::hours{1});
  const auto course = review(paper);
  ASSERT_TRUE(course) << course.error().message;
  EXPECT_EQ(course->outcome, ReviewOutcome::stop);
  EXPECT_EQ(course->paragraphs.back(), "7.4");
  // The next read is refused, what was seen before may still arrive.
  const auto standing = estate_->standing(base::CameraId::parse("cam-1").value());
  const auto* justification = std::get_if<Justification>(&standing);
  ASSERT_NE(justification, nullptr);
  EXPECT_FALSE(justification->covers(estate_.clock.now()));
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(message(review(paper)),
            "it cannot be reviewed: its path is inherited, and it is stopped");
  ASSERT_TRUE(estate_->decommission(estate_.to_change("gate"), gate_,
                                    assessment::whole_paper("decommissioning")));
  const auto file = estate_->site_file(estate_.receipt(Act::read_estate, "gate", "reviewer"), gate_,
                                       std::nullopt);
  EXPECT_EQ(file->site.stage, Stage::decommissioned);
  EXPECT_EQ(file->steps.size(), 4U);  // the record stays
}

TEST_F(Reviews, WhatMissedItsAimsIsAssessedAnewAndCollectsOnlySoLong) {
  auto paper = of_both(assessment::review_that_continues());
  paper.parts["aims"].rows[0]["met"] = "no";
  EXPECT_EQ(review(paper)->outcome, ReviewOutcome::reassess);
  EXPECT_TRUE(collects("cam-1"));
  estate_.clock.advance(days{90});
  EXPECT_TRUE(collects("cam-1"));
  estate_.clock.advance(days{1});
  EXPECT_FALSE(collects("cam-1"));
}

// 7.7: that it is still proportionate is found by assessing the impact as it is now.
TEST_F(Reviews, WhatChangedContinuesOnlyOnceItsImpactIsAssessedAnew) {
  assess_at_last();
  ASSERT_TRUE(review(of_both(assessment::review_that_continues()), days{100}));
  estate_.clock.advance(days{90});
  auto paper = of_both(assessment::review_that_continues());
  paper.parts["impact"].rows[0]["residents_changed"] = "yes";
  paper.parts["proportionate"] = assessment::whole_paper("review").parts["proportionate"];
  const auto course = review(paper);
  ASSERT_TRUE(course) << course.error().message;
  EXPECT_EQ(course->outcome, ReviewOutcome::reassess);
  EXPECT_EQ(course->paragraphs.back(), "7.7");
  const auto file = [&] {
    return estate_
        ->site_file(estate_.receipt(Act::read_estate, "gate", "reviewer"), gate_, std::nullopt)
        .value();
  };
  EXPECT_EQ(file().site.stage, Stage::reassessing);
  EXPECT_TRUE(collects("cam-1"));
  estate_.clock.advance(days{91});
  EXPECT_FALSE(collects("cam-1"));
}

TEST_F(Reviews, TheImpactThatAReviewAskedForIsAllThatIsWrittenAnew) {
  estate_.file_all("gate");
  auto paper = of_both(assessment::review_that_continues());
  ASSERT_TRUE(review(paper, days{100}));
  estate_.clock.advance(days{90});
  paper.parts["impact"].rows[0]["location_changed"] = "yes";
  paper.parts["proportionate"] = assessment::whole_paper("review").parts["proportionate"];
  ASSERT_EQ(review(paper)->outcome, ReviewOutcome::reassess);
  estate_.clock.advance(days{1});
  const auto assess = [&] { return estate_->assess(estate_.to_approve("gate"), gate_); };
  EXPECT_EQ(message(assess()).substr(0, 18), "impact is missing:");
  ASSERT_TRUE(estate_.file("gate", assessment::whole_paper("impact")));
  EXPECT_EQ(message(assess()).substr(0, 22), "dpo_advice is missing:");
  ASSERT_TRUE(estate_.file("gate", assessment::whole_paper("dpo_advice")));
  ASSERT_TRUE(estate_.file("gate", assessment::whole_paper("overt_lead_advice")));
  EXPECT_EQ(message(assess()), "done");
}

TEST_F(Reviews, AnImpactThatWasAssessedInTimeLetsItContinue) {
  assess_at_last();
  ASSERT_TRUE(review(of_both(assessment::review_that_continues()), days{100}));
  estate_.clock.advance(days{90});
  auto paper = of_both(assessment::review_that_continues());
  paper.parts["impact"].rows[0]["transients_changed"] = "yes";
  paper.parts["proportionate"] = assessment::whole_paper("review").parts["proportionate"];
  ASSERT_TRUE(estate_.file("gate", assessment::whole_paper("impact")));
  EXPECT_EQ(message(review(paper)),
            "dpo_advice was given on an earlier impact assessment: ask again");
  ASSERT_TRUE(estate_.file("gate", assessment::whole_paper("dpo_advice")));
  EXPECT_EQ(message(review(paper)),
            "overt_lead_advice was given on an earlier impact assessment: ask again");
  ASSERT_TRUE(estate_.file("gate", assessment::whole_paper("overt_lead_advice")));
  const auto course = review(paper);
  ASSERT_TRUE(course) << course.error().message;
  EXPECT_EQ(course->outcome, ReviewOutcome::go_on);
  EXPECT_EQ(course->paragraphs.back(), "7.8");
  // The next year it is old again.
  estate_.clock.advance(days{300});
  EXPECT_EQ(review(paper)->outcome, ReviewOutcome::reassess);
}

// A review does not answer advice: that is a decision, with its reason.
class AdviceOnANewImpact : public Reviews, public ::testing::WithParamInterface<const char*> {};

TEST_P(AdviceOnANewImpact, ThatIsAgainstItSendsTheSiteBack) {
  assess_at_last();
  ASSERT_TRUE(review(of_both(assessment::review_that_continues()), days{100}));
  estate_.clock.advance(days{90});
  auto paper = of_both(assessment::review_that_continues());
  paper.parts["impact"].rows[0]["residents_changed"] = "yes";
  paper.parts["proportionate"] = assessment::whole_paper("review").parts["proportionate"];
  for (const auto* form : {"impact", "dpo_advice", "overt_lead_advice"}) {
    ASSERT_TRUE(estate_.file("gate", assessment::whole_paper(form)));
  }
  const std::string form = GetParam();
  ASSERT_TRUE(estate_.file("gate", Paper{form, {}}));
  EXPECT_EQ(message(review(paper)).substr(0, form.size() + 13), form + " is not whole");
  auto advice = assessment::whole_paper(form);
  advice.parts["advice"].rows[0] = {{"verdict", "do_not"}, {"words", "a school was opened there"}};
  ASSERT_TRUE(estate_.file("gate", advice));
  const auto course = review(paper);
  ASSERT_TRUE(course) << course.error().message;
  EXPECT_EQ(course->outcome, ReviewOutcome::reassess);
  EXPECT_EQ(course->paragraphs.back(), "7.7");
  // The record says whose it was, and what they said.
  estate_.reopen();
  const auto file = estate_->site_file(estate_.receipt(Act::read_estate, "gate", "reviewer"), gate_,
                                       std::nullopt);
  EXPECT_EQ(file->steps.back().step, Step::reassess);
  const auto who = form == "dpo_advice" ? "the data protection officer"
                                        : "the senior person for overt surveillance";
  EXPECT_EQ(file->steps.back().words, "review: paragraph 7.7; " + std::string(who) +
                                          " advised that it must not go ahead (" + form +
                                          ", version 4): a school was opened there");
}

TEST_F(Reviews, AdviceOfBothAgainstItIsOnRecord) {
  assess_at_last();
  ASSERT_TRUE(review(of_both(assessment::review_that_continues()), days{100}));
  estate_.clock.advance(days{90});
  ASSERT_TRUE(estate_.file("gate", assessment::whole_paper("impact")));
  for (const auto* form : {"dpo_advice", "overt_lead_advice"}) {
    auto advice = assessment::whole_paper(form);
    advice.parts["advice"].rows[0] = {{"verdict", "do_not"}, {"words", std::string(8'000, 'x')}};
    ASSERT_TRUE(estate_.file("gate", advice));
  }
  auto paper = of_both(assessment::review_that_continues());
  paper.parts["impact"].rows[0]["residents_changed"] = "yes";
  paper.parts["proportionate"] = assessment::whole_paper("review").parts["proportionate"];
  ASSERT_EQ(review(paper)->outcome, ReviewOutcome::reassess);
  const auto file = estate_->site_file(estate_.receipt(Act::read_estate, "gate", "reviewer"), gate_,
                                       std::nullopt);
  const auto& words = file->steps.back().words;
  EXPECT_NE(words.find("officer advised that it must not go ahead (dpo_advice"), std::string::npos);
  EXPECT_NE(words.find("; the senior person for overt surveillance advised"), std::string::npos);
  EXPECT_GT(words.size(), 16'000U);  // all of it
}

INSTANTIATE_TEST_SUITE_P(OfEither, AdviceOnANewImpact,
                         ::testing::Values("dpo_advice", "overt_lead_advice"));

TEST_F(Reviews, WhatWasSentBackWaitsForNoReviewAndANewCameraForItsBeginning) {
  estate_.file_all("gate");
  estate_.clock.advance(days{99});
  auto paper = of_both(assessment::review_that_continues());
  paper.parts["aims"].rows[0]["met"] = "no";
  ASSERT_EQ(review(paper)->outcome, ReviewOutcome::reassess);
  EXPECT_TRUE(due().empty());
  estate_.clock.advance(days{5});
  const auto count = estate_->review_count(estate_.receipt(Act::read_register, "reviews", "foi"),
                                           estate_.clock.now() - days{50}, estate_.clock.now());
  EXPECT_EQ(count->overdue, 0U);
  estate_.file_all("gate");
  ASSERT_TRUE(estate_->set_matrix(estate_.receipt(Act::change_matrix, "matrix", "controller"),
                                  assessment::Matrix::example_as_if_decided(), "by the guidance"));
  ASSERT_TRUE(estate_->assess(estate_.to_approve("gate"), gate_));
  ASSERT_TRUE(estate_->decide(estate_.receipt(Act::decide_estate, "gate", "controller"), gate_,
                              assessment::whole_paper("decision")));
  estate_.clock.advance(days{1});
  estate_.commission("cam-3", gate_);
  estate_.clock.advance(days{1});
  EXPECT_TRUE(collects("cam-1"));
  EXPECT_FALSE(collects("cam-3"));
  ASSERT_TRUE(estate_->commission(estate_.to_change("gate"), gate_,
                                  assessment::commissioning_of({"cam-1", "cam-2", "cam-3"})));
  EXPECT_FALSE(collects("cam-3"));
  ASSERT_TRUE(estate_->begin(estate_.to_change("gate"), gate_, today() + days{365}));
  EXPECT_TRUE(collects("cam-1"));
  EXPECT_TRUE(collects("cam-3"));
  const auto standing = estate_->standing(base::CameraId::parse("cam-3").value());
  EXPECT_FALSE(std::get<Justification>(standing).covers(estate_.clock.now() - days{1}));
  EXPECT_EQ(due().size(), 1U);
}

TEST_F(Reviews, AReviewThatStopsShortIsNone) {
  auto paper = of_both(assessment::review_that_continues());
  paper.parts["impact"].rows[0]["residents_changed"] = "yes";
  EXPECT_EQ(message(review(paper)).substr(0, 54),
            "review is not whole: proportionate is missing: Is it s");
  EXPECT_EQ(due().front().urgency, Urgency::later);  // nothing half saved
  EXPECT_EQ(
      estate_->site_file(estate_.receipt(Act::read_estate, "gate", "reviewer"), gate_, std::nullopt)
          ->papers.size(),
      0U);
}

TEST_F(Reviews, AreCountedOnAnyDay) {
  const auto began = estate_.clock.now();
  const auto count = [&](base::UtcTime from, base::UtcTime until) {
    const auto found =
        estate_->review_count(estate_.receipt(Act::read_register, "reviews", "foi"), from, until)
            .value();
    return std::to_string(found.done) + " done, " + std::to_string(found.overdue) + " overdue";
  };
  estate_.clock.advance(days{150});
  const auto late = estate_.clock.now();
  EXPECT_EQ(count(began, began + days{100}), "0 done, 0 overdue");
  EXPECT_EQ(count(began, late), "0 done, 1 overdue");
  assess_at_last();
  ASSERT_TRUE(review(of_both(assessment::review_that_continues())));
  estate_.clock.advance(days{1});
  EXPECT_EQ(count(began, estate_.clock.now()), "1 done, 0 overdue");
  EXPECT_EQ(count(began, late), "0 done, 1 overdue");  // as it was then
}

TEST_F(Reviews, ARegisterIsTakenInWholeOrNotAtAll) {
  InheritedSite good{estate_.site("hill"), {}};
  InheritedSite bad{estate_.site("mill"), {}};
  bad.cameras.push_back({base::CameraId::parse("cam-1").value(), "Lane", bad.site.id, {}});
  EXPECT_EQ(message(estate_->inherit(estate_.to_change("register"), std::vector{good, bad}, {})),
            "site mill: the id of camera cam-1 is taken");
  EXPECT_EQ(due().size(), 1U);
  EXPECT_EQ(message(estate_->inherit(estate_.to_change("register"), std::vector{good, good}, {})),
            "site hill: a rule of the records says no: constraint failed");
  EXPECT_EQ(due().size(), 1U);
}

}  // namespace
}  // namespace regmark::estate
