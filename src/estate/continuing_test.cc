// What a yearly review rests on before it lets a site continue, and who may hold it.
#include <algorithm>

#include "estate/reviews_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using assessment::Paper;
using assessment::ReviewOutcome;
using assessment::whole_paper;
using std::chrono::days;

class Continuing : public ReviewedSite {
 protected:
  Result<void> write(const Paper& paper, std::string_view by = {}) {
    return estate_.file("gate", paper, by);
  }
  static Paper need_not_found() {
    auto paper = whole_paper("pressing_need");
    paper.parts["balance"].rows[0]["found"] = "not_found";
    return paper;
  }
  static Paper against(std::string_view form, const std::string& part = "advice") {
    auto paper = whole_paper(form);
    paper.parts[part].rows[0]["verdict"] = "do_not";
    return paper;
  }
  // Its first review lets it continue; some days later.
  void judge_first() {
    assess_at_last();
    ASSERT_TRUE(review(that_continues(), days{300}));
    estate_.clock.advance(days{10});
  }
};

TEST_F(Continuing, NothingWhoseNeedWasNotFound) {
  assess_at_last();
  ASSERT_TRUE(write(need_not_found()));
  EXPECT_EQ(message(review(that_continues())),
            "pressing_need (version 2, of 2026-03-28) finds no pressing social need: answer that "
            "the need is gone (7.4), or let the site be sent back and assessed anew (7.3, 7.7), or "
            "have a newer one find it");
  // A draft over it hides nothing.
  ASSERT_TRUE(write(Paper{"pressing_need", {}}));
  EXPECT_EQ(message(review(that_continues())).substr(0, 26), "pressing_need is not whole");
  EXPECT_EQ(file().site.path, Path::inherited);
  ASSERT_TRUE(write(whole_paper("pressing_need")));
  ASSERT_TRUE(review(that_continues(), days{300}));
  // Nor when it was judged before, whatever else is found.
  estate_.clock.advance(days{10});
  for (const auto* form : {"impact", "dpo_advice", "overt_lead_advice"}) {
    ASSERT_TRUE(write(whole_paper(form)));
  }
  ASSERT_TRUE(write(need_not_found()));
  for (const auto& paper : {that_continues(), that_finds_a_change()}) {
    EXPECT_EQ(message(review(paper)).substr(0, 38), "pressing_need (version 5, of 2026-04-0");
  }
  auto gone = that_continues();
  gone.parts["need"].rows[0]["need_remains"] = "no";
  EXPECT_EQ(review(gone)->paragraphs.back(), "7.4");
}

// Though its reviewer finds nothing changed (7.6).
TEST_F(Continuing, NothingOnAnImpactThatNobodyAdvisedOn) {
  judge_first();
  ASSERT_TRUE(write(whole_paper("impact")));
  EXPECT_EQ(message(review(that_continues())),
            "dpo_advice was given on an earlier impact assessment: ask again");
  EXPECT_EQ(file().missing,
            (std::vector<std::string>{
                "for its review to let it continue: dpo_advice was given on an earlier impact "
                "assessment: ask again",
                "for its review to let it continue: overt_lead_advice was given on an earlier "
                "impact assessment: ask again"}));
  ASSERT_TRUE(write(whole_paper("dpo_advice")));
  ASSERT_TRUE(write(against("overt_lead_advice")));
  EXPECT_EQ(message(review(that_continues())),
            "it must not go on by the advice of the senior person for overt surveillance in "
            "overt_lead_advice (version 2, of 2026-04-07), which no review answers: let the site "
            "be sent back, assessed anew and decided (7.3, 7.7), or stopped (7.4, 7.9), or have a "
            "newer paper advised on");
  EXPECT_EQ(file().site.stage, Stage::live);  // nothing half saved
  EXPECT_EQ(review(that_finds_a_change())->outcome, ReviewOutcome::reassess);
}

TEST_F(Continuing, OnAnImpactThatBothAdvisedOn) {
  judge_first();
  for (const auto* form : {"impact", "dpo_advice", "overt_lead_advice"}) {
    ASSERT_TRUE(write(whole_paper(form)));
  }
  EXPECT_TRUE(file().missing.empty());
  EXPECT_EQ(review(that_continues())->paragraphs.back(), "7.6");
}

TEST_F(Continuing, NothingThatSomebodySinceAdvisedAgainst) {
  struct Case {
    std::string form, part, who;
  };
  const Case cases[] = {
      {"dpo_advice", "advice", "the data protection officer"},
      {"overt_lead_advice", "advice", "the senior person for overt surveillance"},
      {"strategic_assessment", "specialist_advice", "staff for serious and organised crime"},
      {"fit", "national_service", "the national service"},
  };
  judge_first();
  for (const auto& [form, part, who] : cases) {
    SCOPED_TRACE(form);
    ASSERT_TRUE(write(against(form, part)));
    EXPECT_NE(message(review(that_continues())).find("by the advice of " + who + " in " + form),
              std::string::npos);
    ASSERT_TRUE(write(whole_paper(form)));
  }
  EXPECT_EQ(message(review(that_continues())), "done");
}

// What the controller answered in a decision is answered.
TEST_F(Continuing, WhatWasDecidedAgainstAdvice) {
  ASSERT_TRUE(estate_->set_matrix(estate_.receipt(Act::change_matrix, "matrix", "controller"),
                                  assessment::Matrix::example_as_if_decided(), "by the guidance"));
  auto missed = that_continues();
  missed.parts["aims"].rows[0]["met"] = "no";
  ASSERT_EQ(review(missed)->outcome, ReviewOutcome::reassess);
  estate_.clock.advance(days{1});
  estate_.file_all("gate");
  ASSERT_TRUE(write(against("dpo_advice")));
  ASSERT_TRUE(estate_->assess(estate_.to_approve("gate"), gate_));
  ASSERT_TRUE(estate_->decide(estate_.receipt(Act::decide_estate, "gate", "controller"), gate_,
                              whole_paper("decision")));
  ASSERT_TRUE(estate_->commission(estate_.to_change("gate"), gate_,
                                  assessment::commissioning_of({"cam-1", "cam-2"})));
  ASSERT_TRUE(estate_->begin(estate_.to_change("gate"), gate_, today() + days{300}));
  EXPECT_TRUE(file().missing.empty());
  EXPECT_EQ(message(review(that_continues())), "done");
}

// 1.11: what was inherited is no exception.
TEST_F(Continuing, NothingInheritedWithoutTheAdviceOfBoth) {
  EXPECT_EQ(file().missing.size(), 5U);
  for (const auto* form : {"strategic_assessment", "pressing_need", "impact"}) {
    ASSERT_TRUE(write(whole_paper(form)));
  }
  for (const std::string form : {"dpo_advice", "overt_lead_advice"}) {
    const auto missing = form +
                         " is missing: nobody decided on impact (version 1, of 2026-03-28), and "
                         "nothing continues on it before both advised on it";
    EXPECT_EQ(message(review(that_continues())), missing);
    EXPECT_EQ(file().missing.front(), "for its review to let it continue: " + missing);
    ASSERT_TRUE(write(Paper{form, {}}));
    EXPECT_EQ(message(review(that_continues())).substr(0, form.size() + 13),
              form + " is not whole");
    ASSERT_TRUE(write(against(form)));
    const auto is_against = [](const std::string& one) {
      return one.find("it must not go on by the advice of") != std::string::npos;
    };
    const auto said = file().missing;
    EXPECT_EQ(std::ranges::count_if(said, is_against), 1);
    ASSERT_TRUE(write(whole_paper(form)));
  }
  EXPECT_TRUE(file().missing.empty());
  EXPECT_EQ(message(review(that_continues())), "done");
}

TEST_F(Continuing, ByNobodyWhoWroteWhatNobodyElseJudged) {
  assess_at_last();
  struct Case {
    std::string_view form, want;
  };
  constexpr Case cases[] = {
      {"strategic_assessment", "whoever wrote its strategic_assessment may not judge it"},
      {"pressing_need", "whoever wrote its pressing_need may not judge it"},
      {"impact", "whoever wrote its impact may not judge it"},
      {"dpo_advice", "whoever advised may not review"},
      {"overt_lead_advice", "whoever advised may not review"},
      {"fit", "done"}};  // the review does not rest on it
  const auto hold = [&](std::string_view person) {
    return message(review(that_continues(), days{300}, person));
  };
  int number = 0;
  for (const auto& [form, want] : cases) {
    SCOPED_TRACE(form);
    const auto writer = "writer-" + std::to_string(number++);
    ASSERT_TRUE(write(whole_paper(form), writer));
    // What a later version kept of it is still theirs.
    ASSERT_TRUE(write(whole_paper(form)));
    for (const auto* again : {"impact", "dpo_advice", "overt_lead_advice"}) {
      ASSERT_TRUE(write(whole_paper(again)));
    }
    EXPECT_EQ(hold(writer), want);
  }
  // That review judged all of it.
  estate_.clock.advance(days{10});
  EXPECT_EQ(hold("writer-2"), "done");
  estate_.clock.advance(days{10});
  ASSERT_TRUE(write(whole_paper("pressing_need"), "writer-2"));
  EXPECT_EQ(hold("writer-2"), "whoever wrote its pressing_need may not judge it");
  EXPECT_EQ(hold("reviewer"), "done");
}

// It stops whoever finds that it must.
TEST_F(Continuing, WhoeverWroteItMayStopIt) {
  assess_at_last();
  ASSERT_TRUE(write(need_not_found(), "reviewer"));
  auto gone = that_continues();
  gone.parts["need"].rows[0]["need_remains"] = "no";
  EXPECT_EQ(review(gone)->outcome, ReviewOutcome::stop);
}

}  // namespace
}  // namespace regmark::estate
