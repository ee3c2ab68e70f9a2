// Who was with a vehicle: decided, recorded, noted for review, and no wider than the policy lets.
#include "desk/find_convoys.h"

#include <gtest/gtest.h>

#include "desk/ask_authority.h"
#include "desk/decide_authority.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Role;
using std::chrono::hours;

class Convoys : public ::testing::Test {
 protected:
  Convoys() {
    pass("cam-1", "AB12CDE", "2026-03-28T08:00:00Z");
    pass("cam-1", "KN05PQR", "2026-03-28T08:00:20Z");
    pass("cam-2", "AB12CDE", "2026-03-28T08:10:00Z");
    pass("cam-2", "KN05PQR", "2026-03-28T08:10:20Z");
  }
  void pass(const char* camera, const char* plate, const char* time) {
    const auto justification = estate::TestJustifications::fixed(camera);
    const std::vector<sightings::NewSighting> sightings{{plate::a_read(camera, plate, time), {}}};
    const std::vector<sightings::CameraBatch> batches{{justification, sightings}};
    REGMARK_CHECK(rooms_.store->append(batches).has_value());
  }
  Asker person(Role role) const { return rooms_.asker({role}); }
  sightings::ConvoyQuery query(std::chrono::hours back = hours(24)) const {
    const auto now = rooms_.clock.now();
    return {.plate = "AB12CDE", .window = access::Window{now - back, now}};
  }
  Result<Answer<sightings::Convoy>> ask(const Asker& by, const sightings::ConvoyQuery& query) {
    return find_convoys(*rooms_.desk, by, query, 200);
  }

  TestDesk rooms_{{.review_percent = 100}};
};

TEST_F(Convoys, AreFoundAndOnRecord) {
  const auto before = rooms_.records().size();
  const auto answer = ask(person(Role::investigator), query());
  ASSERT_EQ(words(answer), "done");
  const auto& done = std::get<Done<sightings::Convoy>>(*answer);
  ASSERT_EQ(done.value.companions.size(), 1U);
  EXPECT_EQ(done.value.companions.front().plate, "KN05PQR");
  const auto records = rooms_.records();
  ASSERT_GE(records.size(), before + 2);
  EXPECT_EQ(records.at(done.receipt).shown.act, "find_convoys");
  EXPECT_EQ(records.at(done.receipt).shown.operation, audit::Operation::combination);
  // And somebody looks after it as after any search.
  EXPECT_EQ(rooms_.oversight.reviews.open().value(), 1U);
}

TEST_F(Convoys, HaveCeilingsOfTheirOwn) {
  EXPECT_EQ(
      words(ask(person(Role::investigator), query(hours(25)))),
      "who was with a vehicle, for more than a day or longer ago than 90 days, needs a senior "
      "officer's authority");
  EXPECT_EQ(words(find_convoys(*rooms_.desk, person(Role::investigator), query(), 1'001)),
            "say how many rows at most, up to 1000");
  auto anybody = query();
  anybody.plate = "A*";
  EXPECT_NE(words(ask(person(Role::investigator), anybody)), "done");
  EXPECT_EQ(words(ask(person(Role::control_operator), query())), "none of your roles may do this");
  EXPECT_EQ(words(ask(person(Role::administrator), query())),
            "an administrator may neither search nor see alerts or lists");
  auto without = person(Role::investigator);
  without.purpose.reference.clear();
  EXPECT_NE(words(ask(without, query())), "done");
}

TEST_F(Convoys, GoFurtherUnderAnAuthorityForThem) {
  const auto wide = query(hours(24 * 7));
  auto officer = person(Role::authoriser);
  officer.person.id = base::PersonId::parse("person-s").value();
  officer.person.rank = "inspector";
  const auto granted = [&](access::Act act) {
    const authority::Asking asking{
        "senior_officer", act, {.plate = wide.plate, .window = wide.window, .rows_max = 200}};
    const auto asked = ask_authority(*rooms_.desk, person(Role::investigator), asking).value();
    const auto id = std::get<Done<authority::Record>>(asked).value.id;
    REGMARK_CHECK(words(grant_authority(*rooms_.desk, officer, id,
                                        {.valid = hours(1), .uses = 1, .reason = "needed"})) ==
                  "done");
    auto asker = person(Role::investigator);
    asker.authority = id;
    return asker;
  };
  // One for searching is for another matter.
  EXPECT_NE(words(ask(granted(access::Act::search_sightings), wide)), "done");
  const auto under = granted(access::Act::find_convoys);
  EXPECT_EQ(words(ask(under, wide)), "done");
  EXPECT_NE(words(ask(under, wide)), "done");  // it is used up
}

TEST_F(Convoys, AreNotFoundWhereNobodyCanRecordIt) {
  rooms_.failing_log.fill_up_after(0);
  EXPECT_FALSE(ask(person(Role::investigator), query()));
}

}  // namespace
}  // namespace regmark::desk
