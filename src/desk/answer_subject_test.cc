// From a keeper's letter to what they are sent, through all the rooms.
#include "desk/answer_subject.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"
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
  EXPECT_EQ(answered.answer.reads.size(), 1U);
  EXPECT_EQ(words(decide_subject_request(desk(), officer(), request.id,
                                         {.state = SubjectState::refused, .words = "No."})),
            "it is decided");
}

TEST_F(KeeperAsks, IsAnsweredStillWhenWhatTheyAskedForHasGrownTooOld) {
  const auto request = received();
  rooms_.clock.advance(std::chrono::days{20});
  EXPECT_EQ(words(see_subject_request(desk(), officer(), request.id)), "done");
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
          .list(rooms_.log.receipt_for(access::Act::review_searches, {}, "reviewer"), "", 10)
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
