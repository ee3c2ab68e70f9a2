// From asking for leave to searching under it, through all the rooms.
#include "desk/decide_authority.h"

#include <gtest/gtest.h>

#include "desk/ask_authority.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/read_authorities.h"
#include "desk/see_picture.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Role;
using authority::Record;
using authority::State;
using std::chrono::hours;

class AuthorityStory : public ::testing::Test {
 protected:
  Asker investigator() const { return rooms_.person("person-i", Role::investigator); }
  Asker inspector() const { return rooms_.person("person-s", Role::authoriser, "inspector"); }

  sightings::Query query() const {
    const auto now = rooms_.clock.now();
    return {.plate = "AB12*",
            .window = access::Window{now - hours(24 * 120), now - hours(24 * 110)},
            .rows = 100};
  }
  authority::Asking asking() const {
    return {"senior_officer", access::Act::search_sightings, scope_of(query())};
  }
  static GrantLimits limits() { return {.valid = hours(24), .uses = 2, .reason = "proportionate"}; }
  Record asked() {
    const auto answer = ask_authority(desk(), investigator(), asking()).value();
    return std::get<Done<Record>>(answer).value;
  }
  std::string search(const base::AuthorityId& id, const sightings::Query& with) {
    auto asker = investigator();
    asker.authority = id;
    return words(find_sightings(desk(), asker, with));
  }
  const Desk& desk() const { return *rooms_.desk; }

  TestDesk rooms_;
};

TEST_F(AuthorityStory, OpensWhatOnesOwnRoleDoesNot) {
  const auto needed = "data older than 90 days needs a senior officer's authority";
  EXPECT_EQ(words(find_sightings(desk(), investigator(), query())), needed);
  const auto record = asked();
  EXPECT_EQ(search(record.id, query()), needed);  // asked is not granted
  ASSERT_EQ(words(grant_authority(desk(), inspector(), record.id, limits())), "done");
  EXPECT_EQ(search(record.id, query()), "done");
  auto narrower = query();
  narrower.plate = "AB12C*";
  EXPECT_EQ(search(record.id, narrower), "done");
  EXPECT_EQ(search(record.id, query()), needed);  // used up
  EXPECT_EQ(rooms_.authorities.find(record.id)->state, State::used_up);
}

// The search that used it up found reads whose pictures somebody has still to look at.
TEST_F(AuthorityStory, OpensThePicturesOfWhatItFound) {
  auto read = plate::a_read("cam-1", "AB12CDE", base::format_utc(query().window->from + hours(24)));
  const base::Bytes jpeg{0xff, 0xd8, 0xff};
  read.pictures = {
      {plate::PictureKind::overview, base::sha256(jpeg), static_cast<std::uint32_t>(jpeg.size())}};
  const auto camera = estate::TestJustifications::fixed("cam-1");
  const std::vector<sightings::NewSighting> sightings{
      {read, {{plate::PictureKind::overview, jpeg}}}};
  const std::vector<sightings::CameraBatch> batches{{camera, sightings}};
  ASSERT_EQ(rooms_.store->append(batches).value().at(0), sightings::Kept::stored);
  const auto record = asked();
  auto once = limits();
  once.uses = 1;
  ASSERT_EQ(words(grant_authority(desk(), inspector(), record.id, once)), "done");
  const auto see = [&](const Asker& asker, const std::string& plate) {
    return words(see_found_picture(desk(), asker,
                                   {read.id, read.observed, plate, plate::PictureKind::overview}));
  };
  auto under = investigator();
  under.authority = record.id;
  ASSERT_EQ(search(record.id, query()), "done");
  EXPECT_EQ(rooms_.authorities.find(record.id)->state, State::used_up);
  EXPECT_EQ(see(under, "AB12CDE"), "done");
  EXPECT_EQ(see(under, "AB12CDE"), "done");  // a picture is no use of it
  EXPECT_NE(see(under, ""), "done");
  EXPECT_NE(see(under, "AB12CDF"), "done");  // it is of another plate
  EXPECT_NE(see(under, "XY12ZZZ"), "done");  // and this is no plate of the authority's
  EXPECT_NE(see(investigator(), "AB12CDE"), "done");
  auto other_case = under;
  other_case.purpose.reference = "CR/26/000124";
  EXPECT_NE(see(other_case, "AB12CDE"), "done");
  rooms_.clock.advance(hours(25));
  under.session_until = rooms_.clock.now() + hours(1);
  EXPECT_NE(see(under, "AB12CDE"), "done");  // it has run out
}

// What no grant would open is not asked for: an officer would decide about nothing.
TEST_F(AuthorityStory, IsNotAskedForInVain) {
  const auto asked_for = [&](const Asker& asker, const authority::Asking& what) {
    return words(ask_authority(desk(), asker, what));
  };
  auto long_ago = asking();
  long_ago.scope.window->from -= hours(24 * 300);
  EXPECT_EQ(asked_for(investigator(), long_ago),
            "with such an authority you could do nothing: nothing older than a year may be seen");
  auto light = investigator();
  light.purpose.category = "priority_and_volume";
  EXPECT_EQ(asked_for(light, asking()),
            "with such an authority you could do nothing: it reaches back 90 days at most, this "
            "category of investigation does not reach that far");
  EXPECT_EQ(words(record_oral_authority(desk(), light, asking(),
                                        rooms_.people
                                            ->add({.sign_in_name = "superintendent",
                                                   .display_name = "Supt Example",
                                                   .organisation = light.person.organisation,
                                                   .roles = {Role::authoriser},
                                                   .rank = "superintendent"})
                                            ->first)),
            "with such an authority you could do nothing: it reaches back 90 days at most, this "
            "category of investigation does not reach that far");
  auto everybody = asking();
  everybody.scope.plate.clear();
  everybody.scope.window->from -= hours(24 * 60);  // more than a month of everybody who passed
  EXPECT_NE(asked_for(investigator(), everybody), "done");
  // What is not asked for well is said as before.
  auto none = asking();
  none.scope.window.reset();
  EXPECT_EQ(asked_for(investigator(), none), "say from when until when");
  EXPECT_EQ(asked_for(investigator(), asking()), "done");
  auto ahead = asking();
  ahead.act = access::Act::track_plate;
  ahead.scope.plate = "AB12CDE";
  ahead.scope.window = access::Window{rooms_.clock.now() - hours(1), rooms_.clock.now() + hours(2)};
  EXPECT_EQ(asked_for(investigator(), ahead), "done");
}

TEST_F(AuthorityStory, DoesNotReachFurther) {
  const auto record = asked();
  auto with = limits();
  with.plate = "AB12CD*";
  ASSERT_EQ(words(grant_authority(desk(), inspector(), record.id, with)), "done");
  EXPECT_NE(search(record.id, query()), "done");
  auto query_within = query();
  query_within.plate = "AB12CDE";
  auto somebody = rooms_.person("person-o", Role::investigator);
  somebody.authority = record.id;
  EXPECT_NE(words(find_sightings(desk(), somebody, query_within)), "done");
  auto other_case = investigator();
  other_case.authority = record.id;
  other_case.purpose.reference = "CR/26/000124";
  EXPECT_NE(words(find_sightings(desk(), other_case, query_within)), "done");
  EXPECT_EQ(search(record.id, query_within), "done");
}

TEST_F(AuthorityStory, IsForAnotherSeniorOfficerOfTheSameForceToGive) {
  const auto record = asked();
  const auto grant = [&](const Asker& by) {
    return words(grant_authority(desk(), by, record.id, limits()));
  };
  EXPECT_EQ(grant(rooms_.person("person-i", Role::authoriser, "chief_constable")),
            "nobody may authorise for themselves");
  EXPECT_EQ(grant(rooms_.person("person-s", Role::authoriser, "sergeant")),
            "only inspector or above may give this authority");
  EXPECT_EQ(grant(rooms_.person("person-s", Role::authoriser)),
            "only inspector or above may give this authority");
  EXPECT_EQ(grant(rooms_.person("person-s", Role::investigator, "inspector")),
            "none of your roles may do this");
  auto elsewhere = inspector();
  elsewhere.person.organisation = base::OrganisationId::parse("other-force").value();
  EXPECT_EQ(grant(elsewhere), "it is for the requester's own organisation to decide");
  EXPECT_EQ(grant(inspector()), "done");
}

TEST_F(AuthorityStory, RecordsWhatWasSaidOnThePhone) {
  const auto code = rooms_.people->add({.sign_in_name = "superintendent",
                                        .display_name = "Supt Example",
                                        .organisation = investigator().person.organisation,
                                        .roles = {Role::authoriser},
                                        .rank = "superintendent"});
  const auto low = rooms_.people->add({.sign_in_name = "sergeant",
                                       .display_name = "Sgt Example",
                                       .organisation = investigator().person.organisation,
                                       .roles = {Role::authoriser},
                                       .rank = "sergeant"});
  EXPECT_NE(words(record_oral_authority(desk(), investigator(), asking(), low->first)), "done");
  const auto oral = record_oral_authority(desk(), investigator(), asking(), code->first).value();
  const auto id = std::get<Done<Record>>(oral).value.id;
  EXPECT_EQ(search(id, query()), "done");
  EXPECT_NE(search(id, query()), "done");
  EXPECT_NE(words(confirm_authority(desk(), inspector(), id, limits())), "done");
  auto officer = inspector();
  officer.person.id = code->first;
  EXPECT_EQ(words(confirm_authority(desk(), officer, id, limits())), "done");
  EXPECT_EQ(search(id, query()), "done");
}

TEST_F(AuthorityStory, IsOnRecordWithThePermitThatStoodOnIt) {
  const auto record = asked();
  ASSERT_EQ(words(grant_authority(desk(), inspector(), record.id, limits())), "done");
  ASSERT_EQ(search(record.id, query()), "done");
  int asked_and_given = 0;
  bool stood_on = false;
  for (const auto& entry : rooms_.records()) {
    asked_and_given += entry.shown.operation == audit::Operation::authority ? 1 : 0;
    stood_on = stood_on ||
               (entry.shown.act == "search_sightings" &&
                entry.details.find("\"authority\":\"" + record.id.text()) != std::string::npos);
  }
  EXPECT_EQ(asked_and_given, 2);
  EXPECT_TRUE(stood_on);
}

TEST_F(AuthorityStory, IsSeenByTheOfficersOfTheForce) {
  const auto record = asked();
  const auto seen = [&](const Asker& by) {
    return std::get<Done<std::vector<Record>>>(read_authorities(desk(), by, 10).value())
        .value.size();
  };
  EXPECT_EQ(seen(investigator()), 1U);
  EXPECT_EQ(seen(rooms_.person("person-o", Role::investigator)), 0U);
  EXPECT_EQ(seen(inspector()), 1U);
  auto elsewhere = inspector();
  elsewhere.person.organisation = base::OrganisationId::parse("other-force").value();
  EXPECT_EQ(seen(elsewhere), 0U);
}

}  // namespace
}  // namespace regmark::desk
