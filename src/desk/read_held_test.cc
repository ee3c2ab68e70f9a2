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
  EXPECT_EQ(std::get<Done<std::uint64_t>>(released).value, 1U);
  EXPECT_EQ(words(read_held(*rooms_.desk, investigator(), id_, {.rows = 10})),
            "there is no such hold");
  EXPECT_EQ(hold(), "a hold of this name was released");
}

}  // namespace
}  // namespace regmark::desk
