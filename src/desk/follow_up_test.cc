// From what nobody did in time to who sees to it, through all the rooms.
#include "desk/follow_up.h"

#include <gtest/gtest.h>

#include "desk/ask_authority.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/read_signals.h"

namespace regmark::desk {
namespace {

using access::Role;
using oversight::FollowUp;
using oversight::Missed;

class FollowedUp : public ::testing::Test {
 protected:
  base::PersonId add(const std::string& name, Role role, const std::string& line) {
    const auto added = rooms_.people->add({.sign_in_name = name,
                                           .display_name = name,
                                           .organisation = anybody().person.organisation,
                                           .roles = {role},
                                           .rank = "inspector"});
    REGMARK_CHECK(added && rooms_.people->set_line(added->first, line));
    return added->first;
  }
  Asker anybody() const { return rooms_.asker({Role::reviewer}); }
  Asker as(const base::PersonId& id, Role role) const { return rooms_.person(id.text(), role); }
  // By word of mouth, and nobody says so in writing.
  base::AuthorityId missed(const base::PersonId& requester, const base::PersonId& officer) {
    const auto now = rooms_.clock.now();
    const sightings::Query query{
        .plate = "AB12CDE",
        .window = access::Window{now - std::chrono::days{120}, now - std::chrono::days{119}}};
    const auto given = record_oral_authority(
        desk(), as(requester, Role::investigator),
        {"senior_officer", access::Act::search_sightings, scope_of(query)}, officer);
    auto id = std::get<Done<authority::Record>>(given.value()).value.id;
    rooms_.clock.advance(std::chrono::hours{24});
    return id;
  }
  std::size_t listed(const Asker& asker) {
    return std::get<Done<std::vector<FollowUp>>>(read_follow_ups(desk(), asker).value())
        .value.size();
  }
  const Desk& desk() const { return *rooms_.desk; }

  TestDesk rooms_;
};

TEST_F(FollowedUp, ByAReviewerOfAnotherLineAndOnRecord) {
  const auto requester = add("requester", Role::investigator, "north");
  const auto officer = add("officer", Role::authoriser, "south");
  const auto id = missed(requester, officer).text();
  EXPECT_EQ(listed(as(add("of-north", Role::reviewer, "north"), Role::reviewer)), 0U);
  EXPECT_EQ(listed(as(add("of-south", Role::reviewer, "south"), Role::reviewer)), 0U);
  const auto reviewer = as(add("of-east", Role::reviewer, "east"), Role::reviewer);
  EXPECT_EQ(listed(reviewer), 1U);
  const auto one = Missed::authority_confirmation;
  EXPECT_EQ(words(note_follow_up(desk(), reviewer, one, id, "Rang the inspector")),
            "take it before you say what was done");
  EXPECT_EQ(words(take_follow_up(desk(), reviewer, one, id)), "done");
  const auto taken = rooms_.records();
  EXPECT_EQ(taken.back().shown.outcome, "done");
  EXPECT_NE(taken[taken.size() - 2].details.find("authority/" + id), std::string::npos);
  EXPECT_EQ(words(note_follow_up(desk(), reviewer, one, id, "Rang the inspector")), "done");
  EXPECT_EQ(words(read_follow_ups(desk(), as(requester, Role::investigator))),
            "none of your roles may do this");
}

TEST_F(FollowedUp, ByStandardsWhenNobodyElseDidInTime) {
  missed(add("requester", Role::investigator, ""), add("officer", Role::authoriser, ""));
  const auto seen = [&] {
    const auto answer = read_signals(desk(), rooms_.asker({Role::standards}), std::chrono::days{7});
    return std::get<Done<SignalsAndMore>>(answer.value()).value.missed.size();
  };
  EXPECT_EQ(seen(), 0U);
  rooms_.clock.advance(oversight::Settings{}.review_within);
  EXPECT_EQ(seen(), 1U);
}

}  // namespace
}  // namespace regmark::desk
