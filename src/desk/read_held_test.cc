// What is held for a case, from the hold to its end, through all the rooms.
#include "desk/read_held.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"
#include "desk/hold_sightings.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

class HeldForACase : public ::testing::Test {
 protected:
  HeldForACase() {
    const auto camera = estate::TestJustifications::fixed("cam-1");
    const auto read = plate::a_read("cam-1", "AB12CDE", "2026-03-28T08:00:00Z");
    const std::vector<sightings::NewSighting> sightings{{read, {}}};
    const std::vector<sightings::CameraBatch> batches{{camera, sightings}};
    REGMARK_CHECK(rooms_.store->append(batches).has_value());
  }
  Asker investigator() const { return rooms_.asker({access::Role::investigator}); }
  std::string hold(std::string_view review = "2026-06-01") {
    const auto now = rooms_.clock.now();
    return words(hold_sightings(
        *rooms_.desk, investigator(), id_,
        {.plate = "AB12CDE", .window = access::Window{now - std::chrono::hours{24}, now}},
        base::parse_day(review).value()));
  }
  // The same, but somebody else's.
  Asker colleague() const { return rooms_.person("person-c", access::Role::investigator); }
  holds::Record known(const Asker& by) {
    const auto answer = read_holds(*rooms_.desk, by, 10).value();
    return std::get<Done<std::vector<holds::Record>>>(answer).value.front();
  }
  std::size_t seen(const Asker& by) {
    const auto answer = read_held(*rooms_.desk, by, id_, {.rows = 10}).value();
    return std::get<Done<sightings::Page>>(answer).value.reads.size();
  }

  TestDesk rooms_;
  const base::HoldId id_ = base::HoldId::parse("case-7").value();
};

TEST_F(HeldForACase, IsSeenLongAfterItsDayIsGone) {
  ASSERT_EQ(hold(), "done");
  EXPECT_EQ(seen(investigator()), 1U);
  rooms_.clock.set("2028-04-01T10:00:00Z");
  ASSERT_TRUE(rooms_.store->drop(rooms_.log.machine_receipt(audit::MachineVerb::drop),
                                 base::parse_day("2026-03-28").value()));
  EXPECT_EQ(seen(investigator()), 1U);
}

TEST_F(HeldForACase, IsNotSeenForAnother) {
  ASSERT_EQ(hold(), "done");
  auto other = investigator();
  other.purpose.reference = "CR/26/000124";
  EXPECT_EQ(words(read_held(*rooms_.desk, other, id_, {.rows = 10})),
            "it is held for another case");
  other = investigator();
  other.person.organisation = base::OrganisationId::parse("other-force").value();
  EXPECT_EQ(words(read_held(*rooms_.desk, other, id_, {.rows = 10})), "there is no such hold");
  const auto none = base::HoldId::parse("case-8").value();
  EXPECT_EQ(words(read_held(*rooms_.desk, investigator(), none, {.rows = 10})),
            "there is no such hold");
  EXPECT_EQ(words(read_held(*rooms_.desk, rooms_.asker({access::Role::control_operator}), id_,
                            {.rows = 10})),
            "none of your roles may do this");
}

TEST_F(HeldForACase, ReachesNoFurtherThanASearch) {
  rooms_.clock.set("2026-09-01T10:00:00Z");
  const auto now = rooms_.clock.now();
  EXPECT_EQ(
      words(hold_sightings(
          *rooms_.desk, investigator(), id_,
          {.plate = "AB12CDE", .window = access::Window{now - std::chrono::hours{24 * 200}, now}},
          base::parse_day("2026-10-01").value())),
      "data older than 90 days needs a senior officer's authority");
}

TEST_F(HeldForACase, EndsWithItsRelease) {
  ASSERT_EQ(hold(), "done");
  EXPECT_NE(words(release_hold(*rooms_.desk, investigator(), id_, " ")), "done");
  EXPECT_EQ(seen(investigator()), 1U);  // without a reason nothing was erased
  EXPECT_EQ(words(keep_hold_on(*rooms_.desk, investigator(), id_,
                               base::parse_day("2026-08-01").value(), "the trial is in July")),
            "done");
  const auto released = release_hold(*rooms_.desk, investigator(), id_, "acquitted").value();
  EXPECT_EQ(std::get<Done<Released>>(released).value.reads, 1U);
  EXPECT_EQ(words(read_held(*rooms_.desk, investigator(), id_, {.rows = 10})),
            "there is no such hold");
  EXPECT_EQ(hold(), "a hold of this name was released");
}

TEST_F(HeldForACase, ItIsKnownWhatIsHeldAndItsPlatesUnderItsCaseAlone) {
  ASSERT_EQ(hold(), "done");
  const auto mine = known(investigator());
  EXPECT_EQ(mine.reads(), 1U);
  ASSERT_EQ(mine.parts.size(), 1U);
  EXPECT_EQ(mine.parts.front().plate, "AB12CDE");
  // One's own, whatever one came for.
  auto idle = investigator();
  idle.purpose = {};
  EXPECT_EQ(known(idle).parts.front().plate, "AB12CDE");
  // A colleague who works on the case, and one who does not.
  EXPECT_EQ(known(colleague()).parts.front().plate, "AB12CDE");
  auto elsewhere = colleague();
  elsewhere.purpose.reference = "CR/26/000124";
  EXPECT_EQ(known(elsewhere).parts.front().plate, std::nullopt);
  EXPECT_EQ(known(elsewhere).reads(), 1U);
  EXPECT_EQ(known(elsewhere).parts.front().window.until, rooms_.clock.now());
  elsewhere.purpose = {};
  EXPECT_EQ(known(elsewhere).parts.front().plate, std::nullopt);
  // Who only has to know of it, whatever case they name.
  for (const auto role : {access::Role::dpo, access::Role::auditor}) {
    EXPECT_EQ(known(rooms_.person("person-d", role)).parts.front().plate, std::nullopt);
  }
  // Who may release it knows what it is that goes.
  const auto officer = rooms_.person("person-s", access::Role::authoriser, "inspector");
  EXPECT_EQ(known(officer).parts.front().plate, "AB12CDE");
  const auto sergeant = rooms_.person("person-s", access::Role::authoriser, "sergeant");
  EXPECT_EQ(known(sergeant).parts.front().plate, std::nullopt);
}

TEST_F(HeldForACase, AnotherDayOfReviewIsRefusedAndHoldsNothing) {
  ASSERT_EQ(hold("2026-06-01"), "done");
  EXPECT_NE(hold("2026-05-01").find("to be reviewed by 2026-06-01"), std::string::npos);
  EXPECT_EQ(known(investigator()).review, base::parse_day("2026-06-01").value());
}

TEST_F(HeldForACase, OnlyItsOwnerOrASeniorOfficerReleasesIt) {
  ASSERT_EQ(hold(), "done");
  const auto why = "it is no longer needed";
  EXPECT_EQ(words(release_hold(*rooms_.desk, colleague(), id_, why)),
            "somebody else holds it, and none of your roles may release it");
  EXPECT_EQ(seen(investigator()), 1U);
  // A colleague may keep it on all the same: that erases nothing.
  EXPECT_EQ(words(keep_hold_on(*rooms_.desk, colleague(), id_,
                               base::parse_day("2026-08-01").value(), "the trial is in July")),
            "done");
  const auto officer = rooms_.person("person-s", access::Role::authoriser, "inspector");
  EXPECT_NE(words(release_hold(*rooms_.desk, officer, id_, "")), "done");
  EXPECT_EQ(seen(investigator()), 1U);
  const auto released = release_hold(*rooms_.desk, officer, id_, why).value();
  EXPECT_EQ(std::get<Done<Released>>(released).value.reads, 1U);
  EXPECT_EQ(known(investigator()).released_by->text(), "person-s");
  // Who did it in whose place, and why, stands in the log.
  const auto all = rooms_.records();
  std::size_t said = 0;
  for (const auto& one : all) {
    if (one.details.find(why) == std::string::npos) continue;
    EXPECT_NE(one.details.find(investigator().person.id.text()), std::string::npos) << one.details;
    ++said;
  }
  EXPECT_EQ(said, 1U);
}

}  // namespace
}  // namespace regmark::desk
