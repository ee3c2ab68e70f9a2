// What the log says that an act decided.
#include "desk/told.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "desk/ask_authority.h"
#include "desk/change_people.h"
#include "desk/decide_authority.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/hold_sightings.h"
#include "desk/read_held.h"

namespace regmark::desk {
namespace {

using access::Role;
using authority::Record;
using nlohmann::json;

class WhatTheLogSays : public ::testing::Test {
 protected:
  Asker investigator() const { return rooms_.person("person-i", Role::investigator); }
  Asker inspector() const { return rooms_.person("person-s", Role::authoriser, "inspector"); }
  sightings::Query query() const {
    const auto now = rooms_.clock.now();
    return {.plate = "AB12*",
            .window = access::Window{now - std::chrono::days{120}, now - std::chrono::days{110}},
            .rows = 100};
  }
  Record asked() {
    const authority::Asking asking{"senior_officer", access::Act::search_sightings,
                                   scope_of(query())};
    return std::get<Done<Record>>(*ask_authority(desk(), investigator(), asking)).value;
  }
  // How the last act ended; to read the log is on record too.
  audit::Entry last() {
    const auto all = rooms_.records();
    const auto found = std::find_if(all.rbegin(), all.rend(), [](const audit::Entry& entry) {
      return entry.shown.operation == audit::Operation::outcome;
    });
    REGMARK_CHECK(found != all.rend());
    return *found;
  }
  json details() { return json::parse(last().details); }
  const Desk& desk() const { return *rooms_.desk; }

  TestDesk rooms_;
};

TEST_F(WhatTheLogSays, OfAnAuthorityIsHowFarItReaches) {
  const auto record = asked();
  EXPECT_EQ(last().shown.outcome, "asked");
  EXPECT_EQ(details()["told"]["authority"], record.id.text());
  ASSERT_EQ(words(grant_authority(desk(), inspector(), record.id,
                                  {.valid = std::chrono::hours{24},
                                   .uses = 2,
                                   .plate = "AB12CDE",
                                   .reason = "proportionate"})),
            "done");
  EXPECT_EQ(last().shown.outcome, "granted");
  const auto said = details();
  EXPECT_EQ(said["told"]["kind"], "senior_officer");
  EXPECT_EQ(said["told"]["act"], "search_sightings");
  EXPECT_EQ(said["told"]["requester"], "person-i");
  EXPECT_EQ(said["told"]["given_by"], "person-s");
  EXPECT_EQ(said["told"]["uses"], "2");
  EXPECT_EQ(said["told"]["valid_until"],
            base::format_utc(rooms_.clock.now() + std::chrono::hours{24}));
  EXPECT_EQ(said["scope"]["plate"], "AB12CDE");  // narrower than was asked
  ASSERT_EQ(words(withdraw_authority(desk(), inspector(), record.id, "it is over")), "done");
  EXPECT_EQ(last().shown.outcome, "withdrawn");
}

TEST_F(WhatTheLogSays, OfOneThatWasRefusedIsThat) {
  ASSERT_EQ(words(refuse_authority(desk(), inspector(), asked().id, "out of proportion")), "done");
  EXPECT_EQ(last().shown.outcome, "refused");
  EXPECT_EQ(details()["told"]["given_by"], "person-s");
}

TEST_F(WhatTheLogSays, OfAHoldIsWhenItIsLookedAtAgain) {
  const auto hold = base::HoldId::parse("hold-1").value();
  const auto today = base::day_of(rooms_.clock.now());
  auto of_late = query();
  of_late.window = access::Window{rooms_.clock.now() - std::chrono::hours{9}, rooms_.clock.now()};
  ASSERT_EQ(
      words(hold_sightings(desk(), investigator(), hold, of_late, today + std::chrono::days{9})),
      "done");
  EXPECT_EQ(details()["told"]["review"], base::format_day(today + std::chrono::days{9}));
  ASSERT_EQ(words(keep_hold_on(desk(), investigator(), hold, today + std::chrono::days{30},
                               "the trial is in May")),
            "done");
  EXPECT_EQ(details()["told"]["review"], base::format_day(today + std::chrono::days{30}));
  EXPECT_EQ(details()["told"]["why"], "the trial is in May");
}

// One act may be more than one thing: the API's name says which, on the permit.
TEST_F(WhatTheLogSays, OfAnActIsWhatItWasExactly) {
  auto administrator = rooms_.person("person-a", Role::administrator);
  administrator.operation = "deactivatePerson";
  ASSERT_EQ(words(deactivate_person(desk(), administrator,
                                    base::PersonId::parse("nobody-we-know").value())),
            "there is no such active person");
  const auto all = rooms_.records();
  EXPECT_EQ(json::parse(all.at(all.size() - 2).details)["operation"], "deactivatePerson");
}

TEST_F(WhatTheLogSays, OfAKeyIsThatItChanged) {
  auto added = rooms_.people->add({.sign_in_name = "officer",
                                   .display_name = "Officer",
                                   .organisation = investigator().person.organisation,
                                   .roles = {Role::investigator}});
  ASSERT_TRUE(added);
  ASSERT_EQ(
      words(reset_person(desk(), rooms_.person("person-a", Role::administrator), added->first)),
      "done");
  const auto all = rooms_.records();
  const auto& key = all.at(all.size() - 2);  // behind it: how the act ended
  EXPECT_EQ(key.shown.operation, audit::Operation::key);
  EXPECT_EQ(key.shown.act, "reset_person");
  EXPECT_EQ(json::parse(key.details)["receipt"], key.number - 1);
  ASSERT_EQ(words(deactivate_person(desk(), rooms_.person("person-a", Role::administrator),
                                    added->first)),
            "done");
  EXPECT_EQ(rooms_.records().end()[-2].shown.act, "end_person");
}

}  // namespace
}  // namespace regmark::desk
