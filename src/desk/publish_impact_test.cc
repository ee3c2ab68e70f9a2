// A site's own names are looked for in what is meant for the public, and a person checks it.
#include "desk/publish_impact.h"

#include <gtest/gtest.h>

#include "accountability/accountability.h"
#include "assessment/assessment_testing.h"
#include "desk/assess_self.h"
#include "desk/desk_testing.h"
#include "estate/estate_testing.h"

namespace regmark::desk {
namespace {

using access::Act;
using access::Role;
using accountability::Strike;

class PublishImpact : public ::testing::Test {
 protected:
  PublishImpact() {
    const auto receipt = to_change(gate_.text());
    const estate::Grounds grounds{"thefts along this road", "local_crime",
                                  base::day_of(rooms_.clock.now()) + std::chrono::days{300}};
    REGMARK_CHECK(
        rooms_.estate
            ->propose(receipt, {gate_, "Mill Lane", {53.4, -2.2}, grounds, estate::Path::full})
            .has_value());
    REGMARK_CHECK(
        rooms_.estate->hand_in(to_change("evidence"), base::as_bytes("a file")).has_value());
  }
  audit::Receipt to_change(const std::string& subject,
                           std::string_view person = estate::test_author) {
    return rooms_.log.receipt_for(Act::change_estate, {.subject = subject}, person);
  }
  void write(std::string words, std::string_view person = estate::test_author) {
    auto paper = assessment::whole_paper("impact");
    paper.parts["rights"].rows[0]["words"] = std::move(words);
    REGMARK_CHECK(rooms_.estate->file(to_change(gate_.text(), person), gate_, paper).has_value());
  }
  void advise(std::string_view form, std::string_view person) {
    const auto receipt =
        rooms_.log.receipt_for(Act::advise_estate, {.subject = gate_.text()}, person);
    const auto paper = assessment::whole_paper(form);
    const auto filed = rooms_.estate->file(receipt, gate_, paper);
    REGMARK_CHECK(filed.has_value());
  }
  Asker officer(std::string_view id = "officer") const { return rooms_.person(id, Role::dpo); }
  ImpactToCheck check(const std::vector<Strike>& strikes = {}) {
    const auto answer = check_public_impact(*rooms_.desk, officer(), gate_, strikes);
    REGMARK_CHECK(answer.has_value());
    return std::get<Done<ImpactToCheck>>(*answer).value;
  }
  Result<Answer<std::uint64_t>> keep(const Asker& asker, std::uint64_t newest_paper,
                                     const std::vector<Strike>& strikes = {}) {
    return keep_public_impact(*rooms_.desk, asker, gate_, newest_paper, strikes);
  }
  std::size_t findings() {
    std::size_t count = 0;
    const auto checked = check().checked;
    for (const auto& answer : checked.answers) count += answer.findings.size();
    return count;
  }
  std::string begun(const std::string& principle) {
    const auto asker = rooms_.asker({Role::controller});
    const auto answer = begin_self_assessment(*rooms_.desk, asker);
    REGMARK_CHECK(answer.has_value());
    const auto& paper = std::get<Done<assessment::Paper>>(*answer).value;
    return std::string(paper.answer(principle, "words"));
  }

  const base::SiteId gate_ = base::SiteId::parse("gate-7").value();
  const Strike strike_{"impact", "rights", "words", 0, "Mill Lane", "It tells where."};
  TestDesk rooms_;
};

TEST_F(PublishImpact, FindsTheSitesOwnNames) {
  write("People of Mill Lane are told.");
  EXPECT_FALSE(check().checked.passes());
  const auto number = check().newest_paper;
  const auto refused = keep(officer(), number);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  EXPECT_TRUE(check({strike_}).checked.passes());
  const auto kept = keep(officer(), number, {strike_});
  ASSERT_TRUE(kept) << kept.error().message;
  const auto versions = read_public_versions(*rooms_.desk, officer(), gate_);
  const auto all = std::get<Done<std::vector<accountability::PublicVersion>>>(*versions).value;
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].checked.by.text(), "officer");
  EXPECT_EQ(all[0].struck, std::vector{strike_});
  const auto draft = read_public_draft(*rooms_.desk, officer(), gate_, all[0].number);
  const auto& page = std::get<Done<accountability::Draft>>(*draft).value.page;
  EXPECT_EQ(page.find("Mill"), std::string::npos);
  EXPECT_EQ(page.find("gate-7"), std::string::npos);
}

// What figures of the place are told of, a text may speak of too.
TEST_F(PublishImpact, FindsSettlementsAndPointsThatWereTakenIn) {
  write("37.5 % of trips in and out of Hathersage cannot avoid it; so do those to the arena.");
  EXPECT_TRUE(check().checked.passes());
  const auto take_in = [&](surroundings::DataKind kind, std::string text) {
    const auto receipt = to_change("surroundings");
    const auto today = base::day_of(rooms_.clock.now());
    ASSERT_TRUE(
        rooms_.surroundings.data_sets.take_in(receipt, {kind, "A map", today, std::move(text)}));
  };
  // Too far away for a text to mean it without its capital.
  take_in(surroundings::DataKind::points,
          "name,kind,latitude,longitude\narena,crowded_place,53.6,-2.2\n");
  EXPECT_TRUE(check().checked.passes());
  take_in(surroundings::DataKind::points,
          "name,kind,latitude,longitude\narena,crowded_place,53.43,-2.2\n");
  EXPECT_EQ(findings(), 1U);
  take_in(surroundings::DataKind::settlements,
          "name,latitude,longitude,radius_m\nHathersage,53.43,-2.2,900\n");
  EXPECT_EQ(findings(), 2U);
}

TEST_F(PublishImpact, ASelfAssessmentCountsPublicVersionsOfLiveSites) {
  write("They are told.");
  ASSERT_TRUE(keep(officer(), check().newest_paper));
  const auto live = base::SiteId::parse("live-1").value();
  const estate::Grounds grounds{"thefts along this road", "local_crime",
                                base::day_of(rooms_.clock.now()) + std::chrono::days{300}};
  ASSERT_TRUE(
      rooms_.estate->propose(to_change("live-1"), {live, "Old Quay", {53.5, -2.2}, grounds}));
  const auto approve =
      rooms_.log.receipt_for(Act::approve_estate, {.subject = "live-1"}, estate::test_approver);
  ASSERT_TRUE(rooms_.estate->approve(approve, live));
  // The one that has one never came to be live.
  EXPECT_NE(begun("principle_3").find("was checked: 0 of 1 (0 %)"), std::string::npos);
  // Past its day the impact assessment of the other is overdue; its review is not.
  rooms_.clock.advance(std::chrono::days{30});
  EXPECT_NE(begun("principle_2").find("reviews overdue: 0 of 1 live sites"), std::string::npos);
  rooms_.clock.advance(std::chrono::days{60});
  EXPECT_NE(begun("principle_2").find("justifications that lapsed: 1."), std::string::npos);
}

TEST_F(PublishImpact, KeepsOnlyTheVersionThatWasRead) {
  write("They are told.");
  const auto number = check().newest_paper;
  write("They are told twice.");
  EXPECT_EQ(keep(officer(), number).error().code, ErrorCode::conflict);
}

TEST_F(PublishImpact, ADraftIsNothingToPublish) {
  const auto begin = [&] {
    return rooms_.estate->file(to_change(gate_.text()), gate_, assessment::Paper{"impact", {}})
        .has_value();
  };
  ASSERT_TRUE(begin());
  EXPECT_EQ(words(check_public_impact(*rooms_.desk, officer(), gate_, {})),
            "the site has no impact assessment");
  write("They are told.");
  const auto number = check().newest_paper;
  ASSERT_TRUE(begin());
  EXPECT_EQ(check().newest_paper, number);
  EXPECT_EQ(check().paper.version, 2U);
}

TEST_F(PublishImpact, KeepsNoAdviceThatNobodyRead) {
  write("They are told.");
  advise("overt_lead_advice", "lead");
  const auto number = check().newest_paper;
  advise("overt_lead_advice", "lead");
  EXPECT_EQ(keep(officer(), number).error().code, ErrorCode::conflict);
  const auto again = check();
  EXPECT_GT(again.newest_paper, again.paper.number);
  EXPECT_TRUE(keep(officer(), again.newest_paper));
}

TEST_F(PublishImpact, IsCheckedByNobodyWhoWroteAnyOfIt) {
  write("They are told.");
  write("They are told by a sign.", "first-hand");
  write("They are told by signs.");
  advise("dpo_advice", "officer");
  const auto number = check().newest_paper;
  EXPECT_EQ(keep(officer(), number).error().code, ErrorCode::conflict);
  EXPECT_EQ(keep(officer("first-hand"), number).error().code, ErrorCode::conflict);
  EXPECT_TRUE(keep(officer("another"), number));
  // An advice that another one has replaced is not shown.
  advise("dpo_advice", "deputy");
  EXPECT_TRUE(keep(officer(), check().newest_paper));
}

TEST_F(PublishImpact, IsForAdvisersAndNotForTheAuthor) {
  write("They are told.");
  const auto number = check().newest_paper;
  const auto manager = keep(rooms_.asker({Role::anpr_manager}), number);
  ASSERT_TRUE(manager);
  EXPECT_TRUE(std::holds_alternative<Refused>(*manager));
  EXPECT_EQ(keep(officer(estate::test_author), number).error().code, ErrorCode::conflict);
}

TEST_F(PublishImpact, IsNotKeptWhenItCannotBeRecorded) {
  write("They are told.");
  const auto number = check().newest_paper;
  rooms_.failing_log.fill_up_after(3);  // what is read before it is shown
  EXPECT_FALSE(keep(officer(), number).has_value());
  rooms_.failing_log.make_room();
  const auto versions = read_public_versions(*rooms_.desk, officer(), gate_);
  EXPECT_TRUE(std::get<Done<std::vector<accountability::PublicVersion>>>(*versions).value.empty());
}

}  // namespace
}  // namespace regmark::desk
