// The full path with real records: what is missing is named, and nobody checks themselves.
#include "estate/full_path_testing.h"

#include <functional>

namespace regmark::estate {
namespace {

using access::Act;
using assessment::commissioning_of;
using assessment::Guidance;
using assessment::NeededFor;
using assessment::Paper;
using assessment::whole_paper;

TEST_F(FullPath, LeadsFromAProposalToCollection) {
  ASSERT_TRUE(set_matrix());
  file_all();
  ASSERT_TRUE(assess());
  EXPECT_EQ(decide().value(), "very_likely");  // a strategic road, national security among others
  const auto token = estate_.commission("cam-1", gate_);
  const auto camera = estate_->camera_of(token).value();
  const auto collects = [&] {
    return std::holds_alternative<Justification>(estate_->standing(camera));
  };
  EXPECT_FALSE(collects());  // it stands, and nobody said that it may begin
  ASSERT_TRUE(commission());
  EXPECT_FALSE(collects());
  estate_.clock.advance(std::chrono::hours{1});
  ASSERT_TRUE(begin());
  EXPECT_TRUE(collects());
  EXPECT_FALSE(std::get<Justification>(estate_->standing(camera))
                   .covers(estate_.clock.now() - std::chrono::minutes{1}));
  estate_.reopen();
  EXPECT_TRUE(std::holds_alternative<Justification>(estate_->standing(camera)));
  const auto file = read();
  EXPECT_EQ(file.site.stage, Stage::live);
  EXPECT_EQ(file.site.approver->text(), "controller");
  ASSERT_EQ(file.steps.size(), 5U);
  EXPECT_EQ(file.steps[2].words, "the matrix (version 1) says: very_likely");
  EXPECT_EQ(file.papers.size(), 9U);
}

// Whoever advises that it must not go ahead is answered, in the record.
TEST_F(FullPath, GoingAheadAgainstAdviceSaysWhy) {
  struct Case {
    std::string_view form;
    std::string part;
    std::string_view who;
  };
  const Case cases[] = {
      {"dpo_advice", "advice", "the data protection officer"},
      {"overt_lead_advice", "advice", "the senior person for overt surveillance"},
      {"strategic_assessment", "specialist_advice", "staff for serious and organised crime"},
      {"fit", "national_service", "the national service"},
  };
  ASSERT_TRUE(set_matrix());
  file_all();
  for (const auto& one : cases) {
    auto paper = whole_paper(one.form);
    paper.parts[one.part].rows[0]["verdict"] = "do_not";
    ASSERT_TRUE(file(paper));
  }
  ASSERT_TRUE(assess());
  EXPECT_NE(read().missing.back().find("the data protection officer, the senior person"),
            std::string::npos);
  auto decision = whole_paper("decision");
  for (const std::string_view blank : {"", " \n"}) {
    decision.parts["decision"].rows[0]["against_advice"] = blank;
    const auto refused = message(decide("controller", decision));
    EXPECT_EQ(refused.substr(0, 39), "it must not go ahead by the advice of t");
    for (const auto& one : cases) EXPECT_NE(refused.find(one.who), std::string::npos) << one.who;
  }
  decision.parts["decision"].rows[0]["against_advice"] = "what they fear was put right";
  ASSERT_TRUE(decide("controller", decision));
  const auto words = read().steps[2].words;
  for (const auto& one : cases) EXPECT_NE(words.find(one.who), std::string::npos) << words;
  EXPECT_EQ(read().papers.back().paper.answer("decision", "against_advice"),
            "what they fear was put right");
}

// What came after the assessment nobody assessed; and advice is not written away under a decision.
TEST_F(FullPath, NothingIsDecidedOnThatNobodyAssessed) {
  ASSERT_TRUE(set_matrix());
  file_all();
  auto against = whole_paper("dpo_advice");
  against.parts["advice"].rows[0]["verdict"] = "do_not";
  ASSERT_TRUE(file(against));
  ASSERT_TRUE(assess());
  EXPECT_EQ(message(assess()), "it was assessed, and nothing was written since");
  ASSERT_TRUE(file(whole_paper("dpo_advice")));
  ASSERT_TRUE(file(whole_paper("fit")));
  constexpr std::string_view since = "since it was assessed was written ";
  const auto refused = message(decide());
  EXPECT_NE(refused.find(since), std::string::npos) << refused;
  EXPECT_NE(refused.find("dpo_advice"), std::string::npos) << refused;
  EXPECT_NE(refused.find("fit"), std::string::npos) << refused;
  EXPECT_EQ(read().missing.front().substr(0, 40), "another manager finds it assessed anew: ");
  EXPECT_EQ(outcome(assess(test_author)), "conflict");
  ASSERT_TRUE(assess());
  EXPECT_EQ(message(decide()), "done");
}

// What came after the decision nobody decided on.
TEST_F(FullPath, NothingBeginsOnWhatNobodyAssessedAndDecided) {
  ASSERT_TRUE(set_matrix());
  file_all();
  ASSERT_TRUE(assess());
  ASSERT_TRUE(decide());
  estate_.commission("cam-1", gate_);
  auto need = whole_paper("pressing_need");
  need.parts["balance"].rows[0]["found"] = "not_found";
  ASSERT_TRUE(file(need));
  ASSERT_TRUE(file(whole_paper("impact")));
  constexpr std::string_view refused =
      "it must be assessed and decided anew: since it was assessed was written ";
  EXPECT_EQ(message(commission()), std::string(refused) + "pressing_need, impact");
  EXPECT_EQ(read().missing.front(),
            "another manager finds it assessed anew, and the controller decides anew: since then "
            "was written pressing_need, impact");
  EXPECT_TRUE(read().awaits_assessing_anew);
  EXPECT_EQ(message(assess()), "no pressing social need was found: it cannot go on");
  for (const auto* form : {"pressing_need", "dpo_advice", "overt_lead_advice"}) {
    ASSERT_TRUE(file(whole_paper(form)));
  }
  ASSERT_TRUE(assess());
  EXPECT_EQ(outcome(commission()), "conflict");  // it is not decided
  ASSERT_TRUE(decide());
  EXPECT_FALSE(read().awaits_assessing_anew);
  ASSERT_TRUE(commission());
  // Nor between its commissioning and its beginning.
  ASSERT_TRUE(file(whole_paper("fit")));
  EXPECT_EQ(message(begin()), std::string(refused) + "fit");
  EXPECT_EQ(read().missing.size(), 2U);
  estate_.reopen();
  ASSERT_TRUE(assess());
  ASSERT_TRUE(decide());
  ASSERT_TRUE(commission());
  ASSERT_TRUE(begin());
  EXPECT_EQ(read().site.stage, Stage::live);
}

// A draft neither counts nor hinders what was assessed without it.
TEST_F(FullPath, ADraftIsNeverInForce) {
  ASSERT_TRUE(set_matrix());
  file_all();
  const auto begin_to_write = [&](std::string_view form) {
    return file(Paper{std::string(form), {}});
  };
  ASSERT_TRUE(begin_to_write("impact"));
  EXPECT_EQ(message(assess()).substr(0, 19), "impact is not whole");
  ASSERT_TRUE(file(whole_paper("impact")));
  ASSERT_TRUE(file(whole_paper("dpo_advice")));
  ASSERT_TRUE(file(whole_paper("overt_lead_advice")));
  ASSERT_TRUE(assess());
  for (const auto* form : {"strategic_assessment", "fit", "impact", "dpo_advice"}) {
    ASSERT_TRUE(begin_to_write(form));
  }
  EXPECT_EQ(read().missing, std::vector<std::string>{"the controller's decision"});
  // Whose advice it is stays so, whoever begins another.
  EXPECT_EQ(message(decide("person-dpo")), "whoever advised may not decide");
  EXPECT_EQ(decide().value(), "very_likely");
  ASSERT_TRUE(begin_to_write("pressing_need"));
  EXPECT_FALSE(read().awaits_assessing_anew);
  estate_.commission("cam-1", gate_);
  EXPECT_EQ(message(commission()), "done");
  EXPECT_EQ(message(begin()), "done");
}

// Its cameras were put up, and the controller thought again.
TEST_F(FullPath, WhatIsDecidedAnewMayBeRefusedOrForFewer) {
  ASSERT_TRUE(set_matrix());
  file_all();
  ASSERT_TRUE(assess());
  ASSERT_TRUE(decide());
  for (const auto* camera : {"cam-1", "cam-2"}) estate_.commission(camera, gate_);
  ASSERT_TRUE(file(whole_paper("fit")));
  ASSERT_TRUE(assess());
  auto decision = whole_paper("decision");
  decision.parts["decision"].rows[0]["cameras"] = "1";
  ASSERT_TRUE(decide("controller", decision));
  EXPECT_EQ(message(commission(commissioning_of({"cam-1", "cam-2"}))),
            "the controller decided for 1 camera, and 2 stand: stop what is too many first");
  const auto cam_2 = base::CameraId::parse("cam-2").value();
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-2"), cam_2, "one is enough"));
  ASSERT_TRUE(commission());
  ASSERT_TRUE(file(whole_paper("fit")));
  ASSERT_TRUE(assess());
  decision.parts["decision"].rows[0]["outcome"] = "does_not";
  decision.parts["decision"].rows[0]["cameras"] = "0";
  ASSERT_TRUE(decide("controller", decision));
  EXPECT_EQ(read().site.stage, Stage::refused);
  // What was put up for it goes.
  const auto standing =
      estate_->to_take_down(estate_.receipt(Act::read_estate, "gate", test_author));
  ASSERT_EQ(standing->size(), 2U);
  const auto cam_1 = base::CameraId::parse("cam-1").value();
  EXPECT_EQ(message(estate_->stop(estate_.to_change("cam-1"), cam_1, "again")),
            "the site was refused");
}

TEST_F(FullPath, ADecisionDoesNotContradictItself) {
  ASSERT_TRUE(set_matrix());
  file_all();
  ASSERT_TRUE(assess());
  auto decision = whole_paper("decision");
  auto& said = decision.parts["decision"].rows[0];
  said["cameras"] = "0";
  EXPECT_EQ(message(decide("controller", decision)),
            "the decision contradicts itself: it goes ahead, for 0 cameras; say how many may stand "
            "there, or that it does not go ahead");
  said["outcome"] = "does_not";
  said["cameras"] = "2";
  EXPECT_EQ(message(decide("controller", decision)),
            "the decision contradicts itself: it does not go ahead, and lets 2 stand; say 0 "
            "cameras, or that it goes ahead");
  EXPECT_EQ(read().site.stage, Stage::assessed);  // nothing half saved
  said["outcome"] = "goes_ahead";
  EXPECT_EQ(message(decide("controller", decision)), "done");
}

TEST_F(FullPath, AnExampleOfAMatrixIsNobodysDecision) {
  const auto to_set = estate_.receipt(Act::change_matrix, "matrix", "controller");
  EXPECT_EQ(message(estate_->set_matrix(to_set, assessment::Matrix::example_text(), "as a start")),
            "the matrix says that it is an example, which nobody decided: once the controller has "
            "decided each cell, remove the line 'example'");
  EXPECT_EQ(outcome(estate_->matrix(estate_.receipt(Act::read_estate, "matrix", "controller"))),
            "not_found");
  EXPECT_EQ(message(estate_->set_matrix(to_set, assessment::Matrix::example_as_if_decided(),
                                        "too short")),
            "the reasons are too short: at least 10 characters are needed");
  EXPECT_TRUE(set_matrix());
}

TEST_F(FullPath, FollowingAdviceAgainstItNeedsNoMore) {
  ASSERT_TRUE(set_matrix());
  file_all();
  auto paper = whole_paper("dpo_advice");
  paper.parts["advice"].rows[0]["verdict"] = "do_not";
  ASSERT_TRUE(file(paper));
  ASSERT_TRUE(assess());
  auto decision = whole_paper("decision");
  decision.parts["decision"].rows[0]["outcome"] = "does_not";
  decision.parts["decision"].rows[0]["cameras"] = "0";
  decision.parts["decision"].rows[0].erase("against_advice");
  ASSERT_TRUE(decide("controller", decision));
  EXPECT_EQ(read().site.stage, Stage::refused);
}

// What the next step wants is in the file before anybody tries it.
TEST_F(FullPath, ItsFileSaysWhatIsMissing) {
  EXPECT_EQ(read().missing.front().substr(0, 32), "strategic_assessment is missing:");
  EXPECT_EQ(read().missing.back(), "the controller has set no deployment assessment matrix yet");
  const auto before = estate_.clock.now();
  estate_.clock.advance(std::chrono::hours{1});
  EXPECT_TRUE(read(before).missing.empty());
  file_all();
  EXPECT_EQ(read().missing,
            (std::vector<std::string>{"another manager finds it assessed",
                                      "the controller has set no deployment assessment matrix "
                                      "yet"}));
  ASSERT_TRUE(set_matrix());
  ASSERT_TRUE(assess());
  EXPECT_EQ(read().missing, std::vector<std::string>{"the controller's decision"});
  ASSERT_TRUE(decide());
  EXPECT_EQ(read().missing.size(), 1U);
  estate_.commission("cam-1", gate_);
  ASSERT_TRUE(commission());
  ASSERT_TRUE(begin());
  EXPECT_TRUE(read().missing.empty());
}

TEST_F(FullPath, NoStepIsTakenBeforeTheOneBefore) {
  ASSERT_TRUE(set_matrix());
  EXPECT_EQ(outcome(decide()), "conflict");
  EXPECT_EQ(outcome(commission()), "conflict");
  EXPECT_EQ(outcome(begin()), "conflict");
  EXPECT_EQ(message(estate_->approve(estate_.to_approve("gate"), gate_)),
            "it takes the full path: it is assessed, and decided by the controller");
  file_all();
  ASSERT_TRUE(assess());
  EXPECT_EQ(outcome(assess()), "conflict");
  EXPECT_EQ(outcome(begin()), "conflict");
  ASSERT_TRUE(decide());
  EXPECT_EQ(outcome(begin()), "conflict");
  EXPECT_EQ(outcome(estate_->decommission(estate_.to_change("gate"), gate_,
                                          whole_paper("decommissioning"))),
            "conflict");
}

// Each form of the data is asked for by name, and a paper that is not whole is none.
TEST_F(FullPath, AssessingMissesEachPaper) {
  std::vector<std::string> forms;
  for (const auto& form : Guidance::built_in().forms()) {
    if (form.needed_for == NeededFor::assess) forms.push_back(form.id);
  }
  ASSERT_EQ(forms.size(), 7U);
  for (const auto& id : forms) {
    SCOPED_TRACE(id);
    const auto said = assess();
    EXPECT_EQ(outcome(said), "invalid_input");
    EXPECT_EQ(message(said).substr(0, id.size()), id);
    auto torn = whole_paper(id);
    torn.parts.erase(Guidance::built_in().form(id)->parts.back().id);
    ASSERT_TRUE(file(torn));
    // One claimed or optional part may be missing; then it is whole all the same.
    const auto still = assess();
    EXPECT_EQ(outcome(still), "invalid_input");
    ASSERT_TRUE(file(whole_paper(id)));
  }
  EXPECT_EQ(outcome(assess()), "done");
}

TEST_F(FullPath, ACategoryWithoutEvidenceCannotPass) {
  file_all();
  auto assessment = whole_paper("strategic_assessment");
  assessment.parts["local_crime"].evidence.clear();
  ASSERT_TRUE(file(assessment));
  EXPECT_EQ(message(assess()),
            "strategic_assessment is not whole: local_crime has no evidence; one of: "
            "crime_figures, case_examples");
  assessment.parts["local_crime"].evidence.push_back({"crime_figures", "a table", {}});
  EXPECT_EQ(message(file(assessment)), "local_crime names evidence that nobody handed in");
}

TEST_F(FullPath, WhereNoNeedWasFoundItEnds) {
  file_all();
  auto need = whole_paper("pressing_need");
  need.parts["balance"].rows[0]["found"] = "not_found";
  ASSERT_TRUE(file(need));
  EXPECT_EQ(message(assess()), "no pressing social need was found: it cannot go on");
}

TEST_F(FullPath, AdviceIsOnTheImpactAssessmentThatThereIs) {
  file_all();
  ASSERT_TRUE(file(whole_paper("impact")));
  EXPECT_EQ(message(assess()), "dpo_advice was given on an earlier impact assessment: ask again");
  ASSERT_TRUE(file(whole_paper("dpo_advice")));
  ASSERT_TRUE(file(whole_paper("overt_lead_advice")));
  EXPECT_EQ(outcome(assess()), "done");
}

TEST_F(FullPath, NobodyChecksThemselves) {
  ASSERT_TRUE(set_matrix());
  file_all();
  EXPECT_EQ(outcome(assess(test_author)), "conflict");
  // Somebody else than who proposed it wrote a part of what is judged.
  ASSERT_TRUE(file(whole_paper("fit"), "person-helper"));
  EXPECT_EQ(message(assess("person-helper")), "whoever wrote its fit may not judge it");
  ASSERT_TRUE(file(whole_paper("fit")));
  EXPECT_EQ(message(assess("person-helper")), "whoever wrote its fit may not judge it");
  ASSERT_TRUE(assess());
  struct Case {
    std::string_view person, want;
  };
  constexpr Case cases[] = {
      {test_author, "whoever proposed it may not judge it"},
      {test_approver, "somebody else must: it was assessed by the same person"},
      {"person-dpo", "whoever advised may not decide"},
      {"person-overt", "whoever advised may not decide"},
      {"person-helper", "whoever wrote its fit may not judge it"},
      {"controller", "done"},
  };
  for (const auto& [person, want] : cases) EXPECT_EQ(message(decide(person)), want);
}

TEST_F(FullPath, TheControllerDecidesByTheMatrixOrSaysWhyNot) {
  file_all();
  auto assessment = whole_paper("strategic_assessment");
  for (const auto* claim :
       {"national_security", "serious_organised_major_crime", "local_crime", "crime_prevention"}) {
    assessment.parts.erase(claim);
  }
  auto fit = whole_paper("fit");
  fit.parts["location_type"].rows[0]["type"] = "private_place";
  ASSERT_TRUE(file(assessment));
  ASSERT_TRUE(file(fit));
  ASSERT_TRUE(assess());
  EXPECT_EQ(message(decide()), "the controller has set no deployment assessment matrix yet");
  ASSERT_TRUE(set_matrix());
  auto decision = whole_paper("decision");
  decision.parts["decision"].rows[0].erase("against_matrix");
  decision.parts.erase("against_matrix");
  EXPECT_EQ(message(decide("controller", decision)),
            "the matrix says in exceptional cases only: say why this is one");
  auto unreasoned = whole_paper("decision");
  unreasoned.parts["decision"].rows[0]["words"] = "";
  EXPECT_EQ(outcome(decide("controller", unreasoned)), "invalid_input");
  decision.parts["decision"].rows[0]["outcome"] = "does_not";
  decision.parts["decision"].rows[0]["cameras"] = "0";
  EXPECT_EQ(decide("controller", decision).value(), "exceptional");
  EXPECT_EQ(read().site.stage, Stage::refused);
}

// Of many new cameras the regulator knows first, also where the assessment does not call them many.
TEST_F(FullPath, ManyNewCamerasWantTheRegulatorFirst) {
  ASSERT_TRUE(set_matrix());
  file_all();
  auto impact = whole_paper("impact");
  impact.parts["description"].rows[0]["many_new_cameras"] = "no";
  impact.parts["risks"].rows[0]["left"] = "low";
  impact.parts.erase("regulator");
  ASSERT_TRUE(file(impact));
  ASSERT_TRUE(file(whole_paper("dpo_advice")));
  ASSERT_TRUE(file(whole_paper("overt_lead_advice")));
  EXPECT_EQ(message(assess()), "done");
  auto decision = whole_paper("decision");
  decision.parts["decision"].rows[0]["cameras"] = "50";
  EXPECT_EQ(message(decide("controller", decision)),
            "50 new cameras are many: the regulator must be consulted first (impact.regulator)");
  decision.parts["decision"].rows[0]["cameras"] = "49";
  EXPECT_EQ(message(decide("controller", decision)), "done");
}

}  // namespace
}  // namespace regmark::estate
