// A deployment of mobile cameras: its papers, how it ends by itself, and how a review extends it.
#include <gtest/gtest.h>

#include "assessment/assessment_testing.h"
#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using assessment::Paper;
using assessment::whole_paper;
using std::chrono::days;

class Deployments : public ::testing::Test {
 protected:
  Deployments() {
    auto about = estate_.deployment("van");
    about.until = began_ + days{100};
    EXPECT_TRUE(estate_->propose(estate_.to_change("van"), about));
    EXPECT_TRUE(estate_->approve(estate_.to_approve("van"), van_));
    estate_.commission("cam-1", van_);
    EXPECT_TRUE(estate_.hand_in("a file"));
  }

  Result<std::vector<assessment::Lack>> write(const Paper& paper,
                                              std::string_view person = test_author) {
    const auto* form = assessment::Guidance::built_in().form(paper.form);
    return estate_->file(estate_.receipt(form->act, "van", person), van_, paper);
  }
  Result<void> extend(days until, days review = days{60}, std::string_view person = test_approver) {
    return estate_->review(
        estate_.to_approve("van", person), van_,
        {{"harvest is late", "serious_organised_major_crime", today() + review}, began_ + until});
  }
  DeploymentFile read(std::optional<base::UtcTime> as_of = std::nullopt) {
    return estate_->deployment_file(estate_.receipt(Act::read_estate, "van", "reader"), van_, as_of)
        .value();
  }
  std::vector<DeploymentDue> due() {
    return estate_->deployments_due(estate_.receipt(Act::read_estate, "due", "reader")).value();
  }
  base::UtcDay today() const { return base::day_of(estate_.clock.now()); }
  bool collects() {
    return std::holds_alternative<Justification>(
        estate_->standing(base::CameraId::parse("cam-1").value()));
  }

  TestEstate estate_;
  const base::UtcTime began_ = estate_.clock.now();
  const base::DeploymentId van_ = base::DeploymentId::parse("van").value();
};

TEST_F(Deployments, BeginNoEarlierThanTheDayOnWhichTheyAreApproved) {
  auto about = estate_.deployment("early");
  about.from = estate_.clock.now() - days{1};
  EXPECT_EQ(message(estate_->propose(estate_.to_change("early"), about)),
            "the deployment begins before today, and nobody has approved it yet");
  about.from = base::UtcTime{today()};  // earlier today
  ASSERT_TRUE(estate_->propose(estate_.to_change("early"), about));
  estate_.clock.advance(days{1});
  EXPECT_EQ(message(estate_->approve(estate_.to_approve("early"), about.id)),
            "it was to begin at " + base::format_utc(about.from) +
                ", before anybody approved it: propose it again from a later day");
  about.id = base::DeploymentId::parse("in-time").value();
  about.from = base::UtcTime{today()} - std::chrono::hours{2};  // midnight, east of here
  ASSERT_TRUE(estate_->propose(estate_.to_change("in-time"), about));
  EXPECT_EQ(message(estate_->approve(estate_.to_approve("in-time"), about.id)), "done");
}

TEST_F(Deployments, WithoutAnImpactAssessmentItLapses) {
  struct Case {
    days later;
    Urgency urgency;
    bool collects;
  };
  constexpr Case cases[] = {{days{28}, Urgency::soon, true},
                            {days{1}, Urgency::overdue, true},
                            {days{7}, Urgency::escalated, true},
                            {days{20}, Urgency::escalated, true},
                            {days{1}, Urgency::lapsed, false}};
  for (const auto& one : cases) {
    estate_.clock.advance(one.later);
    ASSERT_EQ(due().size(), 3U);
    EXPECT_EQ(due().front().awaits, Awaits::impact);
    EXPECT_EQ(due().front().urgency, one.urgency) << base::format_day(today());
    EXPECT_EQ(collects(), one.collects) << base::format_day(today());
  }
  EXPECT_EQ(read().deployment.why_not, "impact assessment was due " +
                                           base::format_day(today() - days{29}) +
                                           "; collects nothing from " + base::format_day(today()));
  // One that comes late opens it from then on.
  ASSERT_TRUE(write(whole_paper("impact"))->empty());
  EXPECT_TRUE(collects());
  EXPECT_EQ(due().size(), 2U);
}

TEST_F(Deployments, OnlyAWholeImpactAssessmentEndsTheWait) {
  EXPECT_FALSE(write(Paper{"impact", {}})->empty());
  EXPECT_TRUE(read().deployment.impact_due);
  ASSERT_TRUE(write(whole_paper("impact"))->empty());
  EXPECT_FALSE(read().deployment.impact_due);
  estate_.reopen();
  EXPECT_FALSE(read().deployment.impact_due);
  EXPECT_EQ(read().papers.size(), 2U);
  EXPECT_EQ(read().papers.back().version, 2U);
}

TEST_F(Deployments, HaveTheFormsThatFitThem) {
  for (const auto& form : assessment::Guidance::built_in().forms()) {
    const bool fits = form.id == "public_notice" ||
                      (form.needed_for == assessment::NeededFor::assess && form.id != "fit");
    EXPECT_EQ(message(write(whole_paper(form))),
              fits ? "done" : "this form is not one of a deployment")
        << form.id;
  }
  EXPECT_EQ(message(estate_->file(estate_.to_change("van"), van_, Paper{"parking", {}})),
            "there is no such form");
  auto late = whole_paper("impact");
  bool has_day = false;
  for (const auto& part : assessment::Guidance::built_in().form("impact")->parts) {
    for (const auto& field : part.fields) {
      if (field.kind != assessment::FieldKind::day) continue;
      late.parts[part.id].rows[0][field.id] = "2099-01-01";
      has_day = true;
    }
  }
  ASSERT_TRUE(has_day);
  EXPECT_NE(message(write(late)).find("the day must be past, or today"), std::string::npos);
  const auto none = base::DeploymentId::parse("none").value();
  EXPECT_EQ(message(estate_->file(estate_.to_change("none"), none, whole_paper("impact"))),
            "there is no such deployment");
}

TEST_F(Deployments, EndsByItselfAndNobodyOpensItAgain) {
  estate_.write_to_extend(van_);
  estate_.clock.advance(days{90});
  EXPECT_TRUE(collects());
  estate_.clock.advance(days{1});
  EXPECT_FALSE(collects());  // its review was due on the 90th day, and nobody held it
  EXPECT_EQ(due().front().urgency, Urgency::lapsed);
  ASSERT_TRUE(extend(days{120}));
  EXPECT_TRUE(collects());
  estate_.clock.advance(days{40});
  EXPECT_FALSE(read().deployment.collects_now);
  EXPECT_EQ(read().deployment.why_not.substr(0, 34), "the deployment came to its end at ");
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(message(extend(days{200})), "it came to its end: propose another");
}

// The same gate as for a decision: 1.11.
TEST_F(Deployments, AreExtendedOnlyWithTheAdviceOfBothOnTheImpactAssessment) {
  ASSERT_TRUE(estate_.write(van_, whole_paper("public_notice")));
  const auto misses = [](const std::string& form) {
    return form + " is missing: nothing is extended without";
  };
  const auto wants = [&] { return read().missing; };
  EXPECT_EQ(wants().size(), 4U);  // the impact assessment is due, too
  for (const std::string form : {"impact", "dpo_advice", "overt_lead_advice"}) {
    EXPECT_EQ(message(extend(days{150})), misses(form));
    EXPECT_EQ(wants().back(), "to be extended: " + misses("overt_lead_advice"));
    ASSERT_TRUE(estate_.write(van_, Paper{form, {}}));
    EXPECT_EQ(message(extend(days{150})).substr(0, form.size() + 13), form + " is not whole");
    ASSERT_TRUE(estate_.write(van_, whole_paper(form)));
  }
  EXPECT_TRUE(wants().empty());
  // On the latest version, and not by who wrote it.
  ASSERT_TRUE(write(whole_paper("impact")));
  EXPECT_EQ(message(extend(days{150})),
            "dpo_advice was given on an earlier impact assessment: ask again");
  EXPECT_EQ(wants().size(), 2U);
  ASSERT_TRUE(write(whole_paper("dpo_advice")));
  ASSERT_TRUE(estate_.write(van_, whole_paper("overt_lead_advice")));
  EXPECT_EQ(message(extend(days{150})),
            "dpo_advice may not come from who wrote the impact assessment");
  ASSERT_TRUE(estate_.write(van_, whole_paper("dpo_advice")));
  EXPECT_EQ(read().deployment.about.until, began_ + days{100});  // nothing half saved
  EXPECT_EQ(message(extend(days{150})), "done");
}

// Whatever roles somebody had when they wrote the one, and when they wrote the other.
TEST_F(Deployments, AreAdvisedOnByTwoPeople) {
  estate_.write_to_extend(van_);
  const auto advise = [&](const std::string& form, std::string_view by) {
    return message(write(whole_paper(form), by));
  };
  ASSERT_EQ(advise("overt_lead_advice", "person-dpo"), "done");
  const std::string want =
      "overt_lead_advice may not come from who gave dpo_advice: two people advise";
  EXPECT_EQ(message(extend(days{150})), want);
  EXPECT_EQ(read().missing, std::vector{"to be extended: " + want});
  // The other that is given anew is by another person: then it may.
  ASSERT_EQ(advise("dpo_advice", "person-deputy"), "done");
  EXPECT_TRUE(read().missing.empty());
  ASSERT_EQ(advise("dpo_advice", "person-dpo"), "done");
  EXPECT_EQ(message(extend(days{150})),
            "dpo_advice may not come from who gave overt_lead_advice: two people advise");
  ASSERT_EQ(advise("overt_lead_advice", "person-overt"), "done");
  // What was advised on an earlier impact assessment is no advice on this one.
  ASSERT_TRUE(write(whole_paper("impact")));
  ASSERT_EQ(advise("overt_lead_advice", "person-dpo"), "done");
  ASSERT_EQ(advise("dpo_advice", "person-deputy"), "done");
  EXPECT_EQ(message(extend(days{150})), "done");
}

// 5.4b: whoever enters the area is told. It is asked for, and nothing collects less without.
TEST_F(Deployments, WaitForSignsAndPublicInformation) {
  const auto notice = [&] {
    const auto all = due();
    const auto one = std::ranges::find(all, Awaits::notice, &DeploymentDue::awaits);
    return one == all.end() ? "none" : std::string(name(one->urgency));
  };
  ASSERT_TRUE(write(whole_paper("impact")));
  ASSERT_TRUE(estate_.write(van_, whole_paper("dpo_advice")));
  ASSERT_TRUE(estate_.write(van_, whole_paper("overt_lead_advice")));
  EXPECT_EQ(notice(), "soon");
  const auto last = base::format_day(base::day_of(began_) + days{28});
  EXPECT_EQ(read().missing.front(), "signs and public information, with proof, due on " + last);
  estate_.clock.advance(days{80});
  EXPECT_EQ(notice(), "escalated");
  EXPECT_TRUE(collects());
  EXPECT_EQ(message(extend(days{150})), "public_notice is missing: nothing is extended without");
  auto unproved = whole_paper("public_notice");
  unproved.parts["signs"].evidence.clear();
  EXPECT_EQ(message(write(unproved)).substr(0, 32), "public_notice is not whole: sign");
  ASSERT_TRUE(write(whole_paper("public_notice")));
  EXPECT_EQ(notice(), "none");
  estate_.reopen();
  EXPECT_EQ(notice(), "none");
  EXPECT_EQ(message(extend(days{150})), "done");
}

TEST_F(Deployments, AreNotExtendedAgainstAdvice) {
  estate_.write_to_extend(van_);
  const std::pair<const char*, const char*> advisers[] = {
      {"dpo_advice", "the data protection officer"},
      {"overt_lead_advice", "the senior person for overt surveillance"}};
  for (const auto& [form, who] : advisers) {
    auto advice = whole_paper(form);
    advice.parts["advice"].rows[0]["verdict"] = "do_not";
    ASSERT_TRUE(estate_.write(van_, advice));
    const auto refused = "it must not go on by the advice of " + std::string(who) +
                         ": it ends, or what is to stay is proposed or taken to the full path, "
                         "where the controller answers that";
    EXPECT_EQ(message(extend(days{150})), refused);
    EXPECT_EQ(read().missing, std::vector{"to be extended: " + refused});
    ASSERT_TRUE(estate_.write(van_, whole_paper(form)));
  }
  EXPECT_EQ(message(extend(days{150})), "done");
}

TEST_F(Deployments, IsExtendedByAnotherPersonInsideItsTwelveMonths) {
  estate_.write_to_extend(van_);
  EXPECT_EQ(message(extend(days{150}, days{60}, test_author)),
            "its author may not review it: somebody else must");
  EXPECT_EQ(message(extend(days{400})), "it would last for twelve months: propose a site");
  EXPECT_EQ(message(extend(days{150}, days{0})), "the review must be after today");
  EXPECT_EQ(message(extend(days{0})), "it is to end after today; to end it now, stop it");
  estate_.clock.advance(days{80});
  const auto before = estate_.clock.now();
  estate_.clock.advance(days{1});
  ASSERT_TRUE(extend(days{150}, days{69}));
  estate_.reopen();
  const auto file = read();
  ASSERT_EQ(file.steps.size(), 3U);
  EXPECT_EQ(file.steps.back().step, Step::extend);
  EXPECT_EQ(file.steps.back().words, "harvest is late");
  EXPECT_EQ(file.steps.back().until, began_ + days{150});
  EXPECT_EQ(file.deployment.about.until, began_ + days{150});
  EXPECT_EQ(file.deployment.about.grounds.category, "serious_organised_major_crime");
  // As it stood on the day before.
  EXPECT_EQ(read(before).deployment.about.until, began_ + days{100});
  EXPECT_EQ(read(before).deployment.about.grounds.category, "local_crime");
  EXPECT_EQ(read(before).steps.size(), 2U);
  estate_.clock.advance(days{60});
  EXPECT_TRUE(collects());
  estate_.clock.advance(days{10});
  EXPECT_FALSE(read().deployment.collects_now);
}

// Nothing lapses for want of an assessment after it ended.
TEST_F(Deployments, LapseNoLaterThanTheyEnd) {
  auto about = estate_.deployment("fair");
  about.until = began_ + days{40};
  ASSERT_TRUE(estate_->propose(estate_.to_change("fair"), about));
  ASSERT_TRUE(estate_->approve(estate_.to_approve("fair"), about.id));
  const auto all = due();
  const auto one = std::ranges::find(all, about.id, &DeploymentDue::deployment);
  ASSERT_NE(one, all.end());
  EXPECT_EQ(one->awaits, Awaits::impact);
  EXPECT_EQ(one->lapses, base::day_of(about.until - std::chrono::microseconds{1}));
}

TEST_F(Deployments, AFileIsReadAsItStoodOnAnyDay) {
  const auto before = estate_->deployment_file(estate_.receipt(Act::read_estate, "van", "reader"),
                                               van_, began_ - days{1});
  ASSERT_FALSE(before);
  EXPECT_EQ(before.error().code, ErrorCode::not_found);
  EXPECT_TRUE(before.error().message.starts_with("the deployment was not yet proposed then"));
  EXPECT_TRUE(read().deployment.collects_now);
  estate_.clock.advance(days{10});
  ASSERT_TRUE(write(whole_paper("impact")));
  estate_.clock.advance(days{10});
  ASSERT_TRUE(estate_->stop(estate_.to_change("van"), van_, "the fields are bare"));
  const auto file = read();
  EXPECT_EQ(file.deployment.state, State::stopped);
  EXPECT_EQ(file.deployment.stop_reason, "the fields are bare");
  EXPECT_FALSE(file.deployment.collects_now);
  const auto then = read(began_ + days{5});
  EXPECT_EQ(then.deployment.state, State::live);
  EXPECT_TRUE(then.deployment.collects_now);
  EXPECT_TRUE(then.deployment.impact_due);
  EXPECT_TRUE(then.papers.empty());
  EXPECT_FALSE(read(began_ + days{11}).deployment.impact_due);
  EXPECT_EQ(then.cameras.size(), 1U);
  EXPECT_EQ(message(write(whole_paper("impact"))), "it was stopped");
}

TEST_F(Deployments, ShowTheCamerasAndThePurposeOfTheDay) {
  estate_.write_to_extend(van_);
  estate_.clock.advance(days{10});
  const auto before = estate_.clock.now();
  estate_.clock.advance(days{1});
  ASSERT_TRUE(
      estate_->stop(estate_.to_change("cam-1"), base::CameraId::parse("cam-1").value(), "broken"));
  estate_.commission("cam-2", van_);
  ASSERT_TRUE(extend(days{150}));
  EXPECT_EQ(read(before).cameras, std::vector{base::CameraId::parse("cam-1").value()});
  EXPECT_EQ(read().cameras, std::vector{base::CameraId::parse("cam-2").value()});
  const auto purpose = [&](base::UtcTime at) {
    return estate_
        ->camera_acts(estate_.receipt(Act::read_register, "standing", "reader"), at,
                      estate_.clock.now())
        .value()
        .front()
        .purpose;
  };
  EXPECT_EQ(purpose(before), "local_crime");
  EXPECT_EQ(purpose(estate_.clock.now()), "serious_organised_major_crime");
}

TEST_F(Deployments, WhatIsKeptApartHasNoFileForAnybodyElse) {
  auto about = estate_.deployment("apart");
  about.is_apart = true;
  ASSERT_TRUE(estate_->propose(estate_.receipt(Act::change_covert, "apart", test_author), about));
  EXPECT_EQ(message(estate_->file(estate_.to_change("apart"), about.id, whole_paper("impact"))),
            "there is no such deployment");
  EXPECT_EQ(message(estate_->deployment_file(estate_.receipt(Act::read_estate, "apart", "reader"),
                                             about.id, std::nullopt)),
            "there is no such deployment");
  EXPECT_EQ(due().size(), 3U);  // of the one that everybody sees
}

}  // namespace
}  // namespace regmark::estate
