// Organisations and what goes by them, through all the rooms.
#include "desk/change_organisations.h"

#include <gtest/gtest.h>

#include "desk/ask_authority.h"
#include "desk/change_people.h"
#include "desk/decide_authority.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/read_authorities.h"
#include "desk/read_people.h"
#include "desk/review_searches.h"

namespace regmark::desk {
namespace {

using access::Role;
using people::OrganisationKind;
using std::chrono::hours;

base::OrganisationId id(std::string_view text) {
  return base::OrganisationId::parse(text).value();
}

access::Policy with_authority_from_above() {
  std::string text = access::Policy::built_in().text();
  const std::string at = "oral_confirmed_hours = 24\n";
  text.insert(text.find(at), "given_by = \"own_or_above\"\n");
  return access::Policy::parse(text).value();
}

class OrganisationStory : public ::testing::Test {
 protected:
  OrganisationStory() {
    const auto& administrator = rooms_.asker({Role::administrator});
    REGMARK_CHECK(words(add_organisation(desk_, administrator, id("north"),
                                         {OrganisationKind::region, "The North"})) == "done");
    REGMARK_CHECK(words(add_organisation(desk_, administrator, id("south"),
                                         {OrganisationKind::region, "The South"})) == "done");
    REGMARK_CHECK(
        words(change_organisation(desk_, administrator, id("test-force"),
                                  {OrganisationKind::force, "Test Force", id("north")})) == "done");
  }
  // Somebody real, as `people` hands them on.
  Asker somebody(const std::string& name, std::string_view organisation, Role role) {
    const auto added = rooms_.people->add({.sign_in_name = name,
                                           .display_name = name,
                                           .organisation = id(organisation),
                                           .roles = {role},
                                           .rank = "inspector"});
    auto asker = rooms_.asker({role});
    asker.person = rooms_.people->find(added.value().first).value();
    return asker;
  }
  sightings::Query query(hours back) const {
    const auto now = rooms_.clock.now();
    return {.plate = "AB12CDE", .window = access::Window{now - back, now}, .rows = 100};
  }

  const access::Policy policy_ = with_authority_from_above();
  TestDesk rooms_{{.review_percent = 100}, policy_};
  const Desk& desk_ = *rooms_.desk;
};

TEST_F(OrganisationStory, OnlyWhoChangesPeopleChangesThem) {
  for (const auto role : access::all_roles) {
    SCOPED_TRACE(name(role));
    const auto asker = rooms_.asker({role});
    const bool may = role == Role::administrator;
    EXPECT_EQ(words(add_organisation(desk_, asker, id("force-2"),
                                     {OrganisationKind::force, "Force 2"})) == "done",
              may);
    EXPECT_EQ(words(change_organisation(desk_, asker, id("force-2"),
                                        {OrganisationKind::partner, "A Charity"})) == "done",
              may);
    EXPECT_EQ(words(read_organisations(desk_, asker)) == "done", may);
    EXPECT_EQ(words(close_organisation(desk_, asker, id("force-2"))) == "done", may);
  }
}

TEST_F(OrganisationStory, EachStepIsOnRecordWithItsPlace) {
  std::vector<std::string> subjects;
  for (const auto& entry : rooms_.records()) {
    if (entry.shown.act != "change_people") continue;
    const auto at = entry.details.find("organisation test-force force of north");
    if (at != std::string::npos) subjects.push_back(entry.details);
  }
  EXPECT_EQ(subjects.size(), 1U);
  // What cannot be recorded is not done.
  rooms_.failing_log.fill_up_after(0);
  EXPECT_FALSE(add_organisation(desk_, rooms_.asker({Role::administrator}), id("force-2"),
                                {OrganisationKind::force, "Force 2"}));
  EXPECT_EQ(rooms_.people->organisations().list()->size(), 3U);
}

TEST_F(OrganisationStory, AnOfficerOfTheRegionGivesAuthorityToItsForces) {
  const auto investigator = somebody("ann", "test-force", Role::investigator);
  const auto old = query(hours(24 * 120));
  const authority::Asking asking{"senior_officer", access::Act::search_sightings, scope_of(old)};
  const auto asked = ask_authority(desk_, investigator, asking).value();
  const auto authority = std::get<Done<authority::Record>>(asked).value.id;
  const GrantLimits limits{.valid = hours(1), .uses = 1, .reason = "proportionate"};
  const auto elsewhere = somebody("bob", "south", Role::authoriser);
  EXPECT_EQ(words(grant_authority(desk_, elsewhere, authority, limits)),
            "it is for the requester's own organisation to decide");
  const auto seen = [&](const Asker& by) {
    const auto answer = read_authorities(desk_, by, 10).value();
    return std::get<Done<std::vector<authority::Record>>>(answer).value.size();
  };
  EXPECT_EQ(seen(elsewhere), 0U);
  const auto regional = somebody("cat", "north", Role::authoriser);
  EXPECT_EQ(seen(regional), 1U);
  EXPECT_EQ(words(grant_authority(desk_, regional, authority, limits)), "done");
  auto under = investigator;
  under.authority = authority;
  EXPECT_EQ(words(find_sightings(desk_, under, old)), "done");
}

TEST_F(OrganisationStory, IsNotClosedWhileItLeavesSomethingOpen) {
  const auto& administrator = rooms_.asker({Role::administrator});
  REGMARK_CHECK(words(add_organisation(desk_, administrator, id("force-2"),
                                       {OrganisationKind::force, "Force 2", id("north")})) ==
                "done");
  auto ann = somebody("ann", "force-2", Role::investigator);
  ASSERT_EQ(words(find_sightings(desk_, ann, query(hours(24)))), "done");
  ASSERT_TRUE(rooms_.people->deactivate(ann.person.id));
  EXPECT_EQ(words(close_organisation(desk_, administrator, id("force-2"))),
            "it leaves 1 searches to be reviewed, 0 holds and 0 subject requests: its people, or "
            "those above it, must end them first");
  const auto regional = somebody("sue", "north", Role::reviewer);
  const auto waiting = read_reviews(desk_, regional, 10).value();
  const auto review = std::get<Done<std::vector<oversight::Review>>>(waiting).value.at(0).id;
  ASSERT_EQ(words(take_review(desk_, regional, review)), "done");
  ASSERT_EQ(words(decide_review(desk_, regional, review, oversight::ReviewState::in_order, "seen")),
            "done");
  EXPECT_EQ(words(close_organisation(desk_, administrator, id("force-2"))), "done");
}

TEST_F(OrganisationStory, AReviewerOfTheRegionReviewsItsForces) {
  ASSERT_EQ(words(find_sightings(desk_, somebody("ann", "test-force", Role::investigator),
                                 query(hours(24)))),
            "done");
  const auto waiting = [&](const Asker& by) {
    const auto answer = read_reviews(desk_, by, 10).value();
    return std::get<Done<std::vector<oversight::Review>>>(answer).value.size();
  };
  EXPECT_EQ(waiting(somebody("rob", "test-force", Role::reviewer)), 1U);
  EXPECT_EQ(waiting(somebody("sue", "north", Role::reviewer)), 1U);
  EXPECT_EQ(waiting(somebody("tom", "south", Role::reviewer)), 0U);
}

}  // namespace
}  // namespace regmark::desk
