#include "oversight/follow_ups.h"

#include <gtest/gtest.h>

#include <map>

#include "access/decide_testing.h"
#include "oversight/oversight_testing.h"

namespace regmark::oversight {
namespace {

using access::Act;
using std::chrono::days;
using std::chrono::hours;

class WhatWasMissed : public ::testing::Test {
 protected:
  WhatWasMissed()
      : holds_(*rooms_.database, rooms_.clock), authorities_(*rooms_.database, rooms_.clock) {}

  // Reviewed by the end of that day, or missed.
  void hold(std::string_view review = "2026-03-30") {
    ASSERT_TRUE(holds_.make(rooms_.receipt(Act::hold_sightings, "case-7", "holder"),
                            base::HoldId::parse("case-7").value(),
                            base::parse_day(review).value()));
  }
  // To be confirmed within a day.
  base::AuthorityId given_orally() {
    const auto now = rooms_.clock.now();
    const auto record = authorities_.ask_given_orally(
        rooms_.receipt(Act::ask_authority, "", "requester"),
        {.kind = "senior_officer",
         .act = Act::search_sightings,
         .scope = {.plate = "AB12CDE",
                   .window = access::Window{now - hours(24 * 200), now - hours(24 * 100)},
                   .rows_max = 10}},
        access::test_person("officer", {access::Role::authoriser}),
        {.kind = "senior_officer",
         .rank_least = "inspector",
         .uses_max = 1,
         .oral_confirmed_within = hours(24)});
    REGMARK_CHECK(record);
    return record->id;
  }
  FollowUps& follow_ups() { return rooms_.room->follow_ups; }
  // Whose line is not named has none.
  LineOf lines() const {
    return [this](const base::PersonId& person) -> Result<std::string> {
      const auto found = lines_.find(person.text());
      return found == lines_.end() ? std::string() : found->second;
    };
  }
  std::vector<FollowUp> listed(std::string_view person = "reviewer") {
    return follow_ups().list(rooms_.receipt(Act::read_reviews, "", person), lines()).value();
  }
  Result<FollowUp> take(Missed missed, std::string_view id, std::string_view person = "reviewer") {
    return follow_ups().take(rooms_.receipt(Act::review_searches, subject_of(missed, id), person),
                             missed, id, lines());
  }
  Result<FollowUp> note(Missed missed, std::string_view id, std::string_view words,
                        std::string_view person = "reviewer") {
    return follow_ups().note(rooms_.receipt(Act::review_searches, subject_of(missed, id), person),
                             missed, id, lines(), words);
  }
  std::vector<FollowUp> escalated() {
    return follow_ups().escalated(rooms_.receipt(Act::read_signals)).value();
  }

  TestOversight rooms_;
  holds::Holds holds_;
  authority::Authorities authorities_;
  std::map<std::string, std::string, std::less<>> lines_;
};

TEST_F(WhatWasMissed, AHoldIsFollowedUpFromTheDayAfterItsReviewUntilItIsReviewed) {
  hold();
  rooms_.clock.set("2026-03-30T23:59:59Z");
  EXPECT_TRUE(listed().empty());
  rooms_.clock.set("2026-03-31T00:00:00Z");
  ASSERT_EQ(listed().size(), 1U);
  const auto one = listed()[0];
  EXPECT_EQ(one.missed, Missed::hold_review);
  EXPECT_EQ(one.about, "case-7");
  EXPECT_EQ(one.person.text(), "holder");
  EXPECT_EQ(one.since, rooms_.clock.now());
  EXPECT_EQ(one.due, one.since + Settings{}.review_within);
  EXPECT_FALSE(one.owner);

  ASSERT_TRUE(holds_.keep_on(rooms_.receipt(Act::review_hold, "case-7", "holder"),
                             base::HoldId::parse("case-7").value(),
                             base::parse_day("2026-04-30").value(), "The trial goes on"));
  EXPECT_TRUE(listed().empty());
}

TEST_F(WhatWasMissed, AnAuthorityIsFollowedUpUntilTheOfficerSaysYesOrNo) {
  const auto id = given_orally();
  rooms_.clock.advance(hours(24) - std::chrono::seconds(1));
  EXPECT_TRUE(listed().empty());
  rooms_.clock.advance(std::chrono::seconds(1));
  ASSERT_EQ(listed().size(), 1U);
  EXPECT_EQ(listed()[0].missed, Missed::authority_confirmation);
  EXPECT_EQ(listed()[0].about, id.text());
  EXPECT_EQ(listed()[0].person.text(), "requester");
  EXPECT_EQ(listed()[0].giver->text(), "officer");
  ASSERT_TRUE(authorities_.withdraw(rooms_.receipt(Act::decide_authority, id.text(), "officer"), id,
                                    "I never gave it"));
  EXPECT_TRUE(listed().empty());
}

TEST_F(WhatWasMissed, WordsAloneEndNothing) {
  hold();
  rooms_.clock.set("2026-04-01T10:00:00Z");
  EXPECT_EQ(outcome(note(Missed::hold_review, "case-7", "asked them")), "conflict");  // not taken
  ASSERT_EQ(take(Missed::hold_review, "case-7")->owner->text(), "reviewer");
  EXPECT_EQ(outcome(note(Missed::hold_review, "case-7", " ")), "invalid_input");
  EXPECT_EQ(outcome(note(Missed::hold_review, "case-7", "asked them", "other")), "conflict");
  ASSERT_TRUE(note(Missed::hold_review, "case-7", "asked them"));
  ASSERT_EQ(listed().size(), 1U);
  ASSERT_EQ(listed()[0].steps.size(), 2U);
  EXPECT_EQ(listed()[0].steps[0].words, "");
  EXPECT_EQ(listed()[0].steps[1].words, "asked them");
  // People fall ill.
  ASSERT_TRUE(take(Missed::hold_review, "case-7", "other"));
  EXPECT_EQ(listed()[0].owner->text(), "other");
  EXPECT_EQ(outcome(note(Missed::hold_review, "case-7", "me too")), "conflict");
}

TEST_F(WhatWasMissed, HasOnlySoManySteps) {
  hold();
  rooms_.clock.set("2026-04-01T10:00:00Z");
  for (std::size_t step = 0; step < follow_up_steps_max; ++step) {
    ASSERT_TRUE(take(Missed::hold_review, "case-7", step % 2 == 0 ? "reviewer" : "other"));
  }
  EXPECT_EQ(outcome(take(Missed::hold_review, "case-7")), "limit_exceeded");
  EXPECT_EQ(outcome(note(Missed::hold_review, "case-7", "asked them", "other")), "limit_exceeded");
  EXPECT_TRUE(take(Missed::hold_review, "case-7", "other"));  // it is theirs already
  EXPECT_EQ(listed()[0].steps.size(), follow_up_steps_max);
}

TEST_F(WhatWasMissed, IsNotHiddenBehindWhatAnotherOrganisationMissed) {
  hold();
  ASSERT_TRUE(rooms_.database->write([](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("UPDATE holds SET organisation = 'other-force', id = 'case-1'"));
    return {};
  }));
  hold();
  rooms_.clock.set("2026-04-01T10:00:00Z");
  ASSERT_EQ(listed().size(), 1U);
  EXPECT_EQ(listed()[0].about, "case-7");
  rooms_.clock.advance(days(100));
  EXPECT_EQ(escalated().size(), 1U);
  EXPECT_EQ(follow_ups().overdue().value(), 2U);  // of all
}

TEST_F(WhatWasMissed, WhatNobodySawToInTimeGoesToStandardsAndStays) {
  hold();
  rooms_.clock.set("2026-03-31T00:00:00Z");
  ASSERT_TRUE(take(Missed::hold_review, "case-7"));
  ASSERT_TRUE(note(Missed::hold_review, "case-7", "asked them"));
  rooms_.clock.advance(Settings{}.review_within - std::chrono::seconds(1));
  EXPECT_TRUE(escalated().empty());
  EXPECT_EQ(follow_ups().overdue().value(), 0U);
  rooms_.clock.advance(std::chrono::seconds(1));
  ASSERT_EQ(escalated().size(), 1U);
  EXPECT_EQ(escalated()[0].about, "case-7");
  EXPECT_EQ(follow_ups().overdue().value(), 1U);
  rooms_.clock.advance(days(300));
  EXPECT_EQ(escalated().size(), 1U);
}

TEST_F(WhatWasMissed, WhatIsMissedAgainBeginsAnew) {
  hold();
  rooms_.clock.set("2026-04-01T10:00:00Z");
  ASSERT_TRUE(take(Missed::hold_review, "case-7"));
  ASSERT_TRUE(holds_.keep_on(rooms_.receipt(Act::review_hold, "case-7", "holder"),
                             base::HoldId::parse("case-7").value(),
                             base::parse_day("2026-04-30").value(), "The trial goes on"));
  rooms_.clock.set("2026-05-01T00:00:00Z");
  ASSERT_EQ(listed().size(), 1U);
  EXPECT_FALSE(listed()[0].owner);
  EXPECT_TRUE(listed()[0].steps.empty());
}

TEST_F(WhatWasMissed, IsNotForWhoeverHadAPartInIt) {
  const auto id = given_orally();
  rooms_.clock.advance(days(2));
  lines_ = {{"requester", "north"},
            {"officer", "south"},
            {"of-north", "north"},
            {"of-south", "south"},
            {"of-east", "east"}};
  struct Case {
    std::string_view person;
    bool may;
  };
  constexpr Case cases[] = {{"requester", false}, {"officer", false}, {"of-north", false},
                            {"of-south", false},  {"of-east", true},  {"reviewer", true}};
  for (const auto& [person, may] : cases) {
    SCOPED_TRACE(person);
    EXPECT_EQ(listed(person).size(), may ? 1U : 0U);
    EXPECT_EQ(outcome(take(Missed::authority_confirmation, id.text(), person)),
              may ? "ok" : "not_found");
  }
}

TEST_F(WhatWasMissed, WantsAReceiptForThisOne) {
  hold();
  rooms_.clock.set("2026-04-01T10:00:00Z");
  const auto other = rooms_.receipt(Act::review_searches, "authority/case-7");
  EXPECT_EQ(outcome(follow_ups().take(other, Missed::hold_review, "case-7", lines())),
            "invalid_input");
  EXPECT_EQ(outcome(follow_ups().list(rooms_.receipt(Act::read_signals), lines())),
            "invalid_input");
  EXPECT_EQ(outcome(follow_ups().escalated(rooms_.receipt(Act::review_searches))), "invalid_input");
  EXPECT_EQ(outcome(take(Missed::hold_review, "case-8")), "not_found");
}

TEST_F(WhatWasMissed, ForgetsWhoTookWhatOnceItIsOld) {
  hold();
  rooms_.clock.set("2026-04-01T10:00:00Z");
  const auto taken_at = rooms_.clock.now();
  ASSERT_TRUE(take(Missed::hold_review, "case-7"));
  const auto count = [&](base::UtcTime before) {
    return rooms_.database
        ->read([&](records::Transaction& transaction) {
          return FollowUps::count_over(transaction, before);
        })
        .value();
  };
  EXPECT_EQ(count(taken_at - std::chrono::microseconds{1}), 0U);
  EXPECT_EQ(count(taken_at), 1U);
  const auto erase = [&](audit::MachineVerb verb) {
    return rooms_.database->write([&](records::Transaction& transaction) {
      return FollowUps::erase_over(transaction, rooms_.log.log().record(verb, "{}").value(),
                                   taken_at);
    });
  };
  EXPECT_EQ(outcome(erase(audit::MachineVerb::seal)), "invalid_input");
  EXPECT_EQ(erase(audit::MachineVerb::drop).value(), 1U);
  ASSERT_EQ(listed().size(), 1U);  // what was missed still is
  EXPECT_FALSE(listed()[0].owner);
}

}  // namespace
}  // namespace regmark::oversight
