#include "accountability/self_assessments.h"

#include <gtest/gtest.h>

#include "accountability/accountability_testing.h"
#include "assessment/assessment_testing.h"
#include "assessment/check.h"

namespace regmark::accountability {
namespace {

using access::Act;
using assessment::Guidance;
using assessment::Paper;
using assessment::whole_paper;

class SelfAssessmentsTest : public ::testing::Test {
 protected:
  Result<std::uint64_t> file(const Paper& paper, std::string_view subject = "self-assessment") {
    return room_.room.self_assessments.file(
        room_.receipt(Act::decide_estate, subject, "controller"), Guidance::built_in(), paper);
  }
  std::vector<SelfAssessment> all() {
    return room_.room.self_assessments.all(room_.receipt(Act::read_estate)).value();
  }
  TestAccountability room_;
};

TEST_F(SelfAssessmentsTest, FilesEachAsAVersionOfItsOwn) {
  const auto first = whole_paper("self_assessment");
  auto second = first;
  second.parts["principle_3"].rows[0]["met"] = "no";
  ASSERT_EQ(file(first).value(), 1U);
  room_.clock.advance(std::chrono::hours{24});
  ASSERT_EQ(file(second).value(), 2U);
  const auto both = all();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].paper, first);
  EXPECT_EQ(both[1].paper, second);
  EXPECT_LT(both[0].filed.at, both[1].filed.at);
  EXPECT_EQ(both[1].filed.by.text(), "controller");
  EXPECT_EQ(both[1].guidance, Guidance::built_in().version());
}

TEST_F(SelfAssessmentsTest, WantsAnActionForEachPrincipleThatIsNotMet) {
  for (int number = 1; number <= 12; ++number) {
    for (const auto* met : {"no", "partly"}) {
      auto paper = whole_paper("self_assessment");
      const auto part = "principle_" + std::to_string(number);
      paper.parts[part].rows[0]["met"] = met;
      paper.parts[part].rows[0].erase("action");
      const auto refused = file(paper);
      ASSERT_FALSE(refused) << part;
      EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
    }
  }
  auto missing = whole_paper("self_assessment");
  missing.parts.erase("principle_7");
  EXPECT_FALSE(file(missing));
  EXPECT_FALSE(file(whole_paper("impact")));
  EXPECT_FALSE(file(whole_paper("self_assessment"), "something else"));
  EXPECT_TRUE(all().empty());
}

TEST_F(SelfAssessmentsTest, ChangesAndLosesNothing) {
  ASSERT_TRUE(file(whole_paper("self_assessment")));
  EXPECT_FALSE(room_.database.lets("UPDATE accountability_self_assessments SET paper = ''"));
  EXPECT_FALSE(room_.database.lets("DELETE FROM accountability_self_assessments"));
}

TEST(SelfAssessment, BeginsWithWhatIsOnRecordAndTicksNothing) {
  SystemFigures figures{.on = base::parse_day("2026-03-28").value(),
                        .sites = 40,
                        .sites_with_impact = 30,
                        .reviews_overdue = 3,
                        .has_matrix = true,
                        .search_reviews_open = 5,
                        .search_reviews_overdue = 2,
                        .backup_places = 1,
                        .sightings_kept_days = 365};
  const auto paper = begun(figures);
  const auto* form = Guidance::built_in().form("self_assessment");
  EXPECT_NE(paper.answer("principle_1", "words").find("30 of 40 (75 %)"), std::string_view::npos);
  EXPECT_NE(paper.answer("principle_2", "words").find("overdue: 3 of 40"), std::string_view::npos);
  EXPECT_NE(paper.answer("principle_9", "words").find("none yet"), std::string_view::npos);
  EXPECT_NE(paper.answer("principle_10", "words").find("overdue: 2"), std::string_view::npos);
  for (const auto& part : form->parts) {
    EXPECT_EQ(paper.answer(part.id, "met"), "") << part.id;
  }
  EXPECT_EQ(paper.answer("principle_11", "words"),
            "On record on 2026-03-28: No alert was raised in the last 365 days. Reviews of live "
            "sites held in that time that found their aims met: none of none.");
  EXPECT_EQ(paper.answer("principle_12", "words"),
            "On record on 2026-03-28: There is no list of vehicles of interest.");
  for (const auto& part : form->parts) EXPECT_NE(paper.answer(part.id, "words"), "") << part.id;
  // Nobody has answered anything yet.
  EXPECT_GE(assessment::lacks(*form, paper).size(), 12U);
  figures.sites = 0;
  figures.backup_places = 0;
  EXPECT_NE(begun(figures).answer("principle_9", "words").find("No place"), std::string_view::npos);
}

TEST(SelfAssessment, SaysWhatCameOfHitsAndHowListsAreKept) {
  const SystemFigures figures{
      .on = base::parse_day("2026-03-28").value(),
      .alerts = {{Ending::stopped, 12}, {Ending::already_resolved, 3}, {Ending::wrong_vehicle, 5}},
      .reviews_held = 4,
      .reviews_aims_met = 3,
      .lists = {.lists = 5,
                .past_review = 1,
                .muted = 2,
                .active = 900,
                .left_out = 10,
                .withdrawn = 20,
                .resolved = 30,
                .expired = 40}};
  const auto paper = begun(figures);
  EXPECT_EQ(paper.answer("principle_11", "words"),
            "On record on 2026-03-28: Alerts of the last 365 days: 20; how they ended: stopped 12, "
            "already resolved 3, wrong vehicle 5. Reviews of live sites held in that time that "
            "found their aims met: 3 of 4 (75 %).");
  EXPECT_EQ(paper.answer("principle_12", "words"),
            "On record on 2026-03-28: Lists of vehicles of interest: 5, of them past their review: "
            "1, muted: 2. Entries that stand on them: 900. Entries that ended in the last 365 "
            "days: left out by a new version 10, withdrawn by a person 20, resolved by a person "
            "30, expired 40. Alerts of that time whose matter had been resolved already: 3; that "
            "were on the wrong vehicle: 5.");
}

}  // namespace
}  // namespace regmark::accountability
