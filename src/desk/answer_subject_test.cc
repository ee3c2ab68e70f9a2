// From a keeper's letter to what they are sent, through all the rooms.
#include "desk/answer_subject.h"

#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"
#include "desk/desk_testing.h"
#include "desk/hold_sightings.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Role;
using oversight::SubjectRequest;
using oversight::SubjectState;

template <typename T>
T value(const Result<Answer<T>>& answer) {
  return std::get<Done<T>>(answer.value()).value;
}

class KeeperAsks : public ::testing::Test {
 protected:
  KeeperAsks() {
    const auto camera = estate::TestJustifications::fixed("cam-1");
    std::vector<sightings::NewSighting> sightings;
    for (const auto* plate : {"AB12CDE", "AB12CDF"}) {
      sightings.push_back({plate::a_read("cam-1", plate, "2026-03-28T08:00:00Z"), {}});
    }
    const std::vector<sightings::CameraBatch> batches{{camera, sightings}};
    REGMARK_CHECK(rooms_.store->append(batches).has_value());
  }
  Asker officer() const { return rooms_.asker({Role::dpo}); }
  const Desk& desk() const { return *rooms_.desk; }
  oversight::NewSubjectRequest about() const {
    const auto now = rooms_.clock.now();
    return {.plate = "AB12CDE",
            .window = {now - std::chrono::days{364}, now},
            .asked_by = "The keeper, by letter",
            .received = base::day_of(now)};
  }
  // What a request of its own is answered with.
  oversight::SubjectAnswer decide(const oversight::SubjectDecision& decision) {
    return value(decide_subject_request(desk(), officer(), received().id, decision)).answer;
  }
  void list(const std::string& csv) {
    const watchlist::NewList list{.id = base::ListId::parse("list-1").value(),
                                  .name = "Stolen",
                                  .level = watchlist::Level::force,
                                  .organisation = base::OrganisationId::parse("force").value(),
                                  .purpose = "Recover stolen vehicles",
                                  .priority = watchlist::Priority::high,
                                  .review = base::day_of(rooms_.clock.now()) + std::chrono::days{9},
                                  .age_max = std::chrono::hours{24},
                                  .alert_window = std::chrono::seconds{300}};
    const auto receipt = rooms_.log.receipt_for(access::Act::change_lists);
    REGMARK_CHECK(rooms_.lists->create(receipt, list));
    REGMARK_CHECK(rooms_.lists->import(receipt, list.id, csv));
  }
  SubjectRequest received() { return value(receive_subject_request(desk(), officer(), about())); }

  TestDesk rooms_;
};

TEST_F(KeeperAsks, IsToldWhatIsHeldAboutTheirOwnVehicleAndNoOther) {
  const auto request = received();
  const auto held = value(see_subject_request(desk(), officer(), request.id));
  ASSERT_EQ(held.reads.size(), 1U);
  EXPECT_EQ(held.reads[0].plate.text(), "AB12CDE");
  const auto answered = value(decide_subject_request(
      desk(), officer(), request.id, {.state = SubjectState::answered, .words = "Here it is."}));
  EXPECT_EQ(answered.request.state, SubjectState::answered);
  EXPECT_EQ(answered.answer.given.reads.size(), 1U);
  EXPECT_EQ(words(decide_subject_request(desk(), officer(), request.id,
                                         {.state = SubjectState::refused, .words = "No."})),
            "it is decided");
}

TEST_F(KeeperAsks, HearsOfAlertsAndListsOnlyWhatSomebodyDecidedToGive) {
  const auto read = plate::a_read("cam-1", "AB12CDE", "2026-03-28T08:00:00Z");
  const auto other = plate::a_read("cam-1", "AB12CDF", "2026-03-28T08:30:00Z");
  for (const auto& one : {read, other}) {
    // The other vehicle was taken for the listed one.
    ASSERT_TRUE(
        rooms_.alerts->keep(rooms_.alerts->raise(one, std::vector{alerts::a_hit("AB12CDE")})));
  }
  list("VRM\nAB12CDE\nXY34ZZZ\n");
  const auto request = received();
  const auto held = value(see_subject_request(desk(), officer(), request.id));
  EXPECT_EQ(held.alerts.size(), 2U);
  ASSERT_EQ(held.entries.size(), 1U);
  EXPECT_EQ(held.entries[0].entry.plate.text(), "AB12CDE");

  const auto neither = decide({.state = SubjectState::answered, .words = "Here it is."});
  EXPECT_TRUE(neither.given.alerts.empty() && neither.given.entries.empty());
  EXPECT_NE(neither.text.find("neither confirm nor deny that an alert was raised"),
            std::string::npos);
  EXPECT_EQ(neither.text.find("Recover stolen"), std::string::npos);

  const auto all = decide({.state = SubjectState::answered,
                           .words = "Here it is.",
                           .gives = {oversight::Part::reads, oversight::Part::alerts,
                                     oversight::Part::entries, oversight::Part::held}});
  EXPECT_EQ(all.given.alerts.size(), 2U);
  EXPECT_NE(all.text.find("Recover stolen vehicles"), std::string::npos);
  EXPECT_NE(all.text.find("a plate like it"), std::string::npos);
  EXPECT_EQ(all.text.find("AB12CDF"), std::string::npos);  // somebody else's vehicle
  EXPECT_EQ(all.text.find("neither confirm nor deny"), std::string::npos);
}

TEST_F(KeeperAsks, IsAnsweredStillWhenWhatTheyAskedForHasGrownTooOld) {
  const auto request = received();
  rooms_.clock.advance(std::chrono::days{20});
  EXPECT_EQ(words(see_subject_request(desk(), officer(), request.id)), "done");
}

// A clock that moves on between two looks at it, as every real one does.
TEST_F(KeeperAsks, ForMoreThanIsKeptIsReceivedSeenExtendedAndDecided) {
  rooms_.clock.tick(std::chrono::microseconds{1});
  struct Case {
    std::string_view what;
    std::chrono::days from, until;  // ago
    std::size_t reads;
    bool says_that_some_is_gone;
  };
  constexpr Case cases[] = {{"two years", std::chrono::days{730}, std::chrono::days{0}, 1, true},
                            {"a year", std::chrono::days{365}, std::chrono::days{0}, 1, true},
                            {"less", std::chrono::days{364}, std::chrono::days{0}, 1, false},
                            {"long ago", std::chrono::days{730}, std::chrono::days{400}, 0, true}};
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    auto asked = about();
    asked.window = {rooms_.clock.now() - one.from, rooms_.clock.now() - one.until};
    const auto received = receive_subject_request(desk(), officer(), asked);
    ASSERT_EQ(words(received), "done");
    const auto id = value(received).id;
    const auto seen = see_subject_request(desk(), officer(), id);
    ASSERT_EQ(words(seen), "done");
    EXPECT_EQ(value(seen).reads.size(), one.reads);
    EXPECT_EQ(words(extend_subject_request(desk(), officer(), id, "There is much of it.")), "done");
    const auto decided = decide_subject_request(
        desk(), officer(), id, {.state = SubjectState::answered, .words = "Here it is."});
    ASSERT_EQ(words(decided), "done");
    const auto& text = value(decided).answer.text;
    EXPECT_EQ(text.find("past the time for which we keep them") != std::string::npos,
              one.says_that_some_is_gone);
  }
}

TEST_F(KeeperAsks, IsRefusedOrToldNeitherForMoreThanIsKeptToo) {
  rooms_.clock.tick(std::chrono::microseconds{1});
  for (const auto state : {SubjectState::refused, SubjectState::neither}) {
    auto asked = about();
    asked.wish = oversight::Wish::erasure;
    asked.window.from -= std::chrono::days{10};
    const auto id = value(receive_subject_request(desk(), officer(), asked)).id;
    rooms_.clock.advance(std::chrono::days{20});
    const auto decided =
        decide_subject_request(desk(), officer(), id, {.state = state, .words = "No."});
    ASSERT_EQ(words(decided), "done");
    EXPECT_EQ(value(decided).answer.text.find("past the time"), std::string::npos);
  }
}

// Past its time it is gone for everybody but the case, and its keeper may ask for that too.
TEST_F(KeeperAsks, WhatACaseHoldsPastItsTimeIsFoundAndToldOnlyWhenSomebodySaysSo) {
  rooms_.clock.tick(std::chrono::microseconds{1});
  const auto hold = base::HoldId::parse("case-7").value();
  const auto then = rooms_.clock.now();
  ASSERT_EQ(words(hold_sightings(
                desk(), rooms_.asker({Role::investigator}), hold,
                {.plate = "AB12CD*", .window = access::Window{then - std::chrono::hours{24}, then}},
                base::day_of(then) + std::chrono::days{90})),
            "done");
  rooms_.clock.advance(std::chrono::days{500});
  ASSERT_TRUE(
      rooms_.store->drop(rooms_.log.machine_receipt(audit::MachineVerb::drop), base::day_of(then)));
  auto asked = about();
  asked.window.from = then - std::chrono::days{10};
  const auto id = value(receive_subject_request(desk(), officer(), asked)).id;
  const auto seen = value(see_subject_request(desk(), officer(), id));
  EXPECT_TRUE(seen.reads.empty());
  ASSERT_EQ(seen.held.size(), 1U);
  EXPECT_EQ(seen.held[0].plate.text(), "AB12CDE");
  const auto untold = value(decide_subject_request(
      desk(), officer(), id, {.state = SubjectState::answered, .words = "Here it is."}));
  EXPECT_TRUE(untold.answer.given.held.empty());
  const auto again = value(receive_subject_request(desk(), officer(), asked)).id;
  const auto told = value(decide_subject_request(
      desk(), officer(), again,
      {.state = SubjectState::answered, .words = "Here it is.", .gives = {oversight::Part::held}}));
  EXPECT_EQ(told.answer.given.held.size(), 1U);
  // A case of others is for others to tell of.
  auto other = officer();
  other.person.organisation = base::OrganisationId::parse("other-force").value();
  const auto theirs = value(receive_subject_request(desk(), other, asked)).id;
  EXPECT_TRUE(value(see_subject_request(desk(), other, theirs)).held.empty());
}

TEST_F(KeeperAsks, NobodyElseMayLook) {
  const auto request = received();
  for (const auto role : {Role::investigator, Role::auditor, Role::foi_officer}) {
    EXPECT_NE(words(see_subject_request(desk(), rooms_.asker({role}), request.id)), "done");
  }
  auto other = officer();
  other.person.organisation = base::OrganisationId::parse("other-force").value();
  EXPECT_EQ(words(see_subject_request(desk(), other, request.id)), "there is no such request");
}

TEST_F(KeeperAsks, APatternIsNoVehicle) {
  auto wide = about();
  wide.plate = "AB12*";
  EXPECT_NE(words(receive_subject_request(desk(), officer(), wide)), "done");
}

TEST_F(KeeperAsks, WhoeverLooksForThemIsLookedAfterToo) {
  rooms_.drawn = 0;
  const auto request = received();
  value(see_subject_request(desk(), officer(), request.id));
  const auto reviews =
      rooms_.oversight.reviews
          .list(rooms_.log.receipt_for(access::Act::read_reviews, {}, "reviewer"), "", 10)
          .value();
  ASSERT_EQ(reviews.size(), 1U);
  EXPECT_EQ(reviews[0].search.act, access::Act::answer_subject);
  EXPECT_EQ(reviews[0].search.purpose.reference, request.id.text());
}

TEST_F(KeeperAsks, TheClocksAreSeenByWhoeverSeesWhatIsKept) {
  received();
  EXPECT_EQ(value(read_subject_requests(desk(), rooms_.asker({Role::auditor}), 10)).size(), 1U);
  EXPECT_NE(words(read_subject_requests(desk(), rooms_.asker({Role::investigator}), 10)), "done");
}

}  // namespace
}  // namespace regmark::desk
