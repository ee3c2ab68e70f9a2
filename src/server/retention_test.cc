#include "server/retention.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "audit/folder_testing.h"
#include "audit/kill_testing.h"
#include "audit/verify.h"
#include "desk/answer_subject.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/follow_up.h"
#include "desk/hold_sightings.h"
#include "server/keeper.h"

namespace regmark::server {
namespace {

using access::Act;
using namespace std::chrono_literals;

// A room whose every byte can be looked for.
class RetentionTest : public ::testing::Test {
 protected:
  RetentionTest() {
    // When the office was opened for the first time, and by which rules.
    REGMARK_CHECK(rooms_.database->migrate(Keeper::migrations()));
    REGMARK_CHECK(rooms_.database->migrate(Retention::migrations()));
    REGMARK_CHECK(run("INSERT INTO policy_in_force VALUES ('v', ?1)",
                      {records::value_of(rooms_.clock.now())}));
    retention_.emplace(Retention::Rooms{access::Policy::built_in(), rooms_.failing_log,
                                        *rooms_.database, *rooms_.people, oversight::Settings{},
                                        rooms_.clock});
  }

  Result<void> run(std::string_view sql, std::initializer_list<records::Value> values = {}) {
    return rooms_.database->write([&](records::Transaction& transaction) -> Result<void> {
      REGMARK_TRY(transaction.run(sql, values));
      return {};
    });
  }
  std::int64_t number(const std::string& sql) {
    return rooms_.database
        ->read([&](records::Transaction& transaction) -> Result<std::int64_t> {
          REGMARK_ASSIGN(const auto rows, transaction.run(sql));
          return rows.front().integer(0);
        })
        .value();
  }
  Result<void> round() {
    REGMARK_TRY(retention_->erase_what_is_over());
    return retention_->forget();
  }
  // Whether any file of the records has these bytes.
  bool records_have(std::string_view needle) {
    for (const auto& entry : std::filesystem::directory_iterator(rooms_.database.folder())) {
      const auto bytes = base::read_file(entry.path(), std::size_t{1} << 30U).value();
      if (base::as_text(bytes).find(needle) != std::string_view::npos) return true;
    }
    return false;
  }
  // The details of what the machine says it did, by its word in the log.
  std::vector<std::string> said(const std::string& act) {
    std::vector<std::string> details;
    for (const auto& entry : rooms_.records()) {
      const auto& shown = entry.shown;
      if (shown.operation == audit::Operation::erasure && shown.act == act &&
          shown.outcome == "done") {
        details.push_back(entry.details);
      }
    }
    return details;
  }
  std::string counted(std::chrono::hours period, int erased) {
    return "{\"before\":\"" + base::format_utc(rooms_.clock.now() - period) +
           "\",\"erased\":" + std::to_string(erased) + "}";
  }

  void make_list(const std::string& csv) {
    const watchlist::NewList list{
        .id = base::ListId::parse("list-1").value(),
        .name = "Stolen",
        .level = watchlist::Level::force,
        .organisation = base::OrganisationId::parse("force").value(),
        .purpose = "stolen vehicles",
        .priority = watchlist::Priority::high,
        .review = base::day_of(rooms_.clock.now()) + std::chrono::days{300},
        .age_max = std::chrono::hours{24 * 365},
        .alert_window = 300s};
    if (rooms_.lists->lists(rooms_.log.receipt_for(Act::read_lists)).value().empty()) {
      REGMARK_CHECK(rooms_.lists->create(rooms_.log.receipt_for(Act::change_lists), list));
    }
    REGMARK_CHECK(rooms_.lists->import(rooms_.log.receipt_for(Act::change_lists), list.id, csv));
  }

  desk::TestDesk rooms_;
  std::optional<Retention> retention_;
};

TEST_F(RetentionTest, EndedEntriesGoAfterTheirTimeAndAreCounted) {
  make_list("VRM\nGONE77\nSTAYS8\n");
  rooms_.clock.advance(24h);
  make_list("VRM\nSTAYS8\n");  // the other one is withdrawn
  rooms_.clock.advance(90 * 24h - 1s);
  ASSERT_TRUE(round());
  EXPECT_TRUE(records_have("GONE77"));
  EXPECT_TRUE(said("erase_entries").empty());
  rooms_.clock.advance(1s);
  ASSERT_TRUE(round());
  EXPECT_FALSE(records_have("GONE77"));
  EXPECT_TRUE(records_have("STAYS8"));
  EXPECT_EQ(said("erase_entries"), std::vector{counted(90 * 24h, 1)});
  EXPECT_EQ(number("SELECT SUM(entries) FROM watch_tally"), 1);
  ASSERT_TRUE(round());  // once is enough
  EXPECT_EQ(said("erase_entries").size(), 1U);
}

// Were it forgotten, the list's next version would make it rise again.
TEST_F(RetentionTest, AnEntryThatAPersonEndedStaysWhileItsListNamesIt) {
  make_list("VRM\nENDED7\nOTHER8\n");
  const auto entries = rooms_.lists
                           ->entries(rooms_.log.receipt_for(Act::read_lists),
                                     base::ListId::parse("list-1").value(), 0, 10)
                           .value();
  ASSERT_TRUE(rooms_.lists->withdraw(rooms_.log.receipt_for(Act::withdraw_entry),
                                     entries.front().id, "it was sold"));
  rooms_.clock.advance(100 * 24h);
  ASSERT_TRUE(round());
  EXPECT_TRUE(records_have("ENDED7"));
  make_list("VRM\nOTHER8\n");
  ASSERT_TRUE(round());
  EXPECT_FALSE(records_have("ENDED7"));
  EXPECT_FALSE(records_have("it was sold"));
}

TEST_F(RetentionTest, AnEntryWhoseTimeCameGoesWithoutAnotherImport) {
  REGMARK_CHECK(
      run("INSERT INTO watch_lists (id, name, level, organisation, owner, purpose,"
          " priority, review_day, age_max, alert_window, alerted, near_least, created_at)"
          " VALUES ('l', 'n', 0, 'o', 'p', 'w', 0, 0, 1, 0, '', 0.5, 0)"));
  REGMARK_CHECK(
      run("INSERT INTO watch_entries (list, plate, pnc_id, row, added_at, expires_at)"
          " VALUES (1, 'LAPSED7', '', 'x', 0, ?1)",
          {records::value_of(rooms_.clock.now())}));
  ASSERT_TRUE(round());
  EXPECT_TRUE(records_have("LAPSED7"));
  rooms_.clock.advance(90 * 24h);
  ASSERT_TRUE(round());
  EXPECT_FALSE(records_have("LAPSED7"));
  EXPECT_EQ(number("SELECT entries FROM watch_tally WHERE state = 1 AND ended_by = 3"), 1);
}

TEST_F(RetentionTest, AuthoritiesThatEndedGoAndAnUnansweredOneStays) {
  const auto now = rooms_.clock.now();
  const authority::Asking asking{
      .kind = "senior_officer",
      .act = Act::search_sightings,
      .scope = {.plate = "WANTED7", .window = access::Window{now - 24h, now}, .rows_max = 10}};
  const auto asked =
      rooms_.authorities.ask(rooms_.log.receipt_for(Act::ask_authority), asking).value();
  ASSERT_TRUE(rooms_.authorities.refuse(
      rooms_.log.receipt_for(Act::decide_authority, {.subject = asked.id.text()}, "person-2"),
      asked.id, "not proportionate"));
  auto oral = asking;
  oral.scope.plate = "SPOKEN8";
  ASSERT_TRUE(rooms_.authorities.ask_given_orally(
      rooms_.log.receipt_for(Act::ask_authority), oral,
      access::test_person("person-2", {access::Role::authoriser}),
      *access::Policy::built_in().authority("senior_officer")));
  rooms_.clock.advance(730 * 24h);
  ASSERT_TRUE(round());
  EXPECT_FALSE(records_have("WANTED7"));
  EXPECT_FALSE(records_have("not proportionate"));
  EXPECT_TRUE(records_have("SPOKEN8"));
  EXPECT_EQ(said("erase_authorities"), std::vector{counted(730 * 24h, 1)});
  EXPECT_EQ(number("SELECT authorities FROM authorities_tally WHERE state = 'refused'"), 1);
}

TEST_F(RetentionTest, HoldsThatWereReleasedGoAndTheOthersStay) {
  const auto make = [&](const char* name) {
    auto id = base::HoldId::parse(name).value();
    REGMARK_CHECK(
        rooms_.holds.make(rooms_.log.receipt_for(Act::hold_sightings,
                                                 {.plate = "OF" + id.text(), .subject = id.text()}),
                          id, base::day_of(rooms_.clock.now())));
    return id;
  };
  make("case-kept");
  const auto released = make("case-over");
  ASSERT_TRUE(
      rooms_.holds.release(rooms_.log.receipt_for(Act::review_hold, {.subject = released.text()}),
                           released, "the appeal was heard"));
  rooms_.clock.advance(730 * 24h - 1s);
  ASSERT_TRUE(round());
  EXPECT_TRUE(records_have("case-over"));
  rooms_.clock.advance(1s);
  ASSERT_TRUE(round());
  EXPECT_FALSE(records_have("case-over"));
  EXPECT_FALSE(records_have("the appeal was heard"));
  EXPECT_FALSE(records_have("OFcase-over"));
  EXPECT_TRUE(records_have("OFcase-kept"));
  EXPECT_EQ(said("erase_holds"), std::vector{counted(730 * 24h, 1)});
  EXPECT_EQ(number("SELECT holds FROM holds_tally"), 1);
}

TEST_F(RetentionTest, DetailsOfTheLogGoByTheDayAndEachIsExplained) {
  ASSERT_TRUE(rooms_.log.log().record(audit::Event{
      {audit::Operation::sign_in, "sign_in", base::day_of(rooms_.clock.now()), "nobody", "done"},
      "{\"secret\":\"old\"}"}));
  rooms_.clock.advance(730 * 24h);
  const auto before = rooms_.log.log().size();
  ASSERT_TRUE(round());
  // The office's first day is not over by two years yet; and nobody wants to count empty erasures.
  EXPECT_EQ(rooms_.log.log().size(), before);
  rooms_.clock.advance(24h);
  ASSERT_TRUE(round());
  ASSERT_TRUE(round());
  EXPECT_EQ(said("erase_details").size(), 1U);
  const auto verified = audit::verify(rooms_.log.folder(), rooms_.log.key().public_key);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_GT(verified->details_missing, 0U);
  EXPECT_EQ(verified->unexplained, std::vector<audit::MissingDetails>{});
}

TEST_F(RetentionTest, ErasesNothingThatItCannotRecord) {
  make_list("VRM\nGONE77\nSTAYS8\n");
  make_list("VRM\nSTAYS8\n");
  rooms_.clock.advance(91 * 24h);
  rooms_.failing_log.fill_up_after(0);
  EXPECT_EQ(round().error().code, ErrorCode::unavailable);
  EXPECT_TRUE(records_have("GONE77"));
  // The receipt is on record, but what was done is not: it is said later.
  rooms_.failing_log.fill_up_after(1);
  EXPECT_EQ(round().error().code, ErrorCode::unavailable);
  rooms_.failing_log.make_room();
  EXPECT_TRUE(said("erase_entries").empty());
  ASSERT_TRUE(round());
  EXPECT_EQ(said("erase_entries").size(), 1U);
  EXPECT_FALSE(records_have("GONE77"));
}

// Neither what was searched nor why is left in any byte; that it was goes on counting.
TEST_F(RetentionTest, WhatWasSearchedGoesWhenTheTimeOfThatIsOver) {
  const auto now = rooms_.clock.now();
  auto asker = rooms_.asker({access::Role::investigator});
  asker.purpose.reason = "Robbery of the jeweller in Mill Lane";
  ASSERT_TRUE(desk::find_sightings(*rooms_.desk, asker,
                                   {.plate = "SRCH77", .window = access::Window{now - 24h, now}}));
  rooms_.clock.advance(oversight::Settings{}.kept);
  ASSERT_TRUE(round());
  EXPECT_TRUE(records_have("SRCH77"));
  EXPECT_TRUE(said("erase_searches").empty());
  rooms_.clock.advance(1s);
  ASSERT_TRUE(round());
  for (const auto* gone : {"SRCH77", "jeweller"}) EXPECT_FALSE(records_have(gone)) << gone;
  EXPECT_EQ(said("erase_searches"), std::vector{counted(oversight::Settings{}.kept, 1)});
  EXPECT_EQ(number("SELECT COUNT(*) FROM searches"), 1);
  ASSERT_TRUE(round());
  EXPECT_EQ(said("erase_searches").size(), 1U);
}

TEST_F(RetentionTest, WhoSawToWhatWasMissedGoesAndTheHoldStays) {
  const auto now = rooms_.clock.now();
  const auto hold = base::HoldId::parse("case-7").value();
  ASSERT_TRUE(desk::hold_sightings(*rooms_.desk, rooms_.asker({access::Role::investigator}), hold,
                                   {.plate = "HELD77", .window = access::Window{now - 24h, now}},
                                   base::day_of(now)));
  rooms_.clock.advance(std::chrono::days(1));
  auto reviewer = rooms_.asker({access::Role::reviewer});
  reviewer.person.id = base::PersonId::parse("person-r").value();
  const auto missed = oversight::Missed::hold_review;
  ASSERT_TRUE(desk::take_follow_up(*rooms_.desk, reviewer, missed, hold.text()));
  ASSERT_EQ(words(desk::note_follow_up(*rooms_.desk, reviewer, missed, hold.text(),
                                       "Rang the constable of Mill Lane")),
            "done");
  const auto kept = oversight::Settings{}.kept;
  rooms_.clock.advance(kept - 1s);
  ASSERT_TRUE(round());
  EXPECT_TRUE(records_have("Mill Lane"));
  rooms_.clock.advance(1s);
  ASSERT_TRUE(round());
  EXPECT_FALSE(records_have("Mill Lane"));
  EXPECT_EQ(said("erase_follow_ups"), std::vector{counted(kept, 2)});
  EXPECT_EQ(rooms_.holds.overdue().value(), 1U);
}

TEST_F(RetentionTest, WhatKeepersAskedGoesOnceItIsDecidedForLongEnough) {
  const auto now = rooms_.clock.now();
  const auto officer = rooms_.asker({access::Role::dpo});
  const auto received = desk::receive_subject_request(*rooms_.desk, officer,
                                                      {.plate = "KEEP77",
                                                       .window = {now - 24h, now},
                                                       .asked_by = "The keeper of Mill Lane",
                                                       .received = base::day_of(now)});
  const auto id = std::get<desk::Done<oversight::SubjectRequest>>(received.value()).value.id;
  const auto kept = oversight::Settings{}.subject_requests_kept;
  rooms_.clock.advance(kept + 1s);
  ASSERT_TRUE(round());
  EXPECT_TRUE(records_have("Mill Lane"));  // nobody answered it yet
  ASSERT_TRUE(desk::decide_subject_request(
      *rooms_.desk, rooms_.asker({access::Role::dpo}), id,
      {.state = oversight::SubjectState::refused, .words = "It is long ago."}));
  rooms_.clock.advance(kept - 1s);
  ASSERT_TRUE(round());
  EXPECT_TRUE(said("erase_subject_requests").empty());
  rooms_.clock.advance(1s);
  ASSERT_TRUE(round());
  EXPECT_FALSE(records_have("Mill Lane"));
  EXPECT_EQ(said("erase_subject_requests"), std::vector{counted(kept, 1)});
  EXPECT_EQ(number("SELECT requests FROM subject_tally"), 1);
}

TEST_F(RetentionTest, TimesOnDutyAndOldListsOfVehiclesGo) {
  auto& household = rooms_.oversight.household;
  const auto receipt = [&] { return rooms_.log.receipt_for(Act::change_household); };
  const auto who_is = [](std::string_view id) -> std::optional<base::PersonId> {
    return base::PersonId::parse(id).value();
  };
  const auto start = rooms_.clock.now();
  const auto hours = [&](std::chrono::hours from, std::chrono::hours until) {
    return base::format_utc(start + from) + "," + base::format_utc(start + until) + "\n";
  };
  ASSERT_TRUE(household.import_duty(
      receipt(), who_is, "person,from,until\nann," + hours(0h, 8h) + "ann," + hours(24h, 32h)));
  ASSERT_TRUE(household.import_vehicles(receipt(), who_is, "plate,person\nHH01OME,ann\n"));
  const auto kept = oversight::Settings{}.household_kept;
  rooms_.clock.advance(kept - 1s);
  ASSERT_TRUE(round());
  EXPECT_EQ(number("SELECT COUNT(*) FROM household"), 1);
  // Looked after again, it lasts again.
  ASSERT_TRUE(household.import_vehicles(receipt(), who_is, "plate,person\nHH01OME,ann\n"));
  rooms_.clock.advance(1s);
  ASSERT_TRUE(round());
  EXPECT_EQ(number("SELECT COUNT(*) FROM household"), 1);
  rooms_.clock.advance(kept - 1s);
  ASSERT_TRUE(round());
  EXPECT_EQ(number("SELECT COUNT(*) FROM household"), 0);
  EXPECT_EQ(said("erase_household"), std::vector{counted(kept, 1)});
  rooms_.clock.set(base::format_utc(start + 8h + oversight::Settings{}.duty_kept));
  ASSERT_TRUE(round());
  EXPECT_EQ(number("SELECT COUNT(*) FROM duty"), 1);
  EXPECT_EQ(said("erase_duty"), std::vector{counted(oversight::Settings{}.duty_kept, 1)});
}

TEST_F(RetentionTest, SessionsCodesAndFailuresGoWhenTheyAreOver) {
  const auto [person, code] =
      rooms_.people
          ->add({.sign_in_name = "ann",
                 .display_name = "Ann",
                 .organisation = base::OrganisationId::parse("test-force").value(),
                 .roles = {access::Role::investigator}})
          .value();
  ASSERT_TRUE(rooms_.people->choose_password("ann", code, "correct horse battery"));
  ASSERT_TRUE(rooms_.people->sign_in({"ann", "correct horse battery"}));
  ASSERT_FALSE(rooms_.people->sign_in({"ann", "wrong horse battery"}));
  ASSERT_TRUE(rooms_.people->add({.sign_in_name = "bob",
                                  .display_name = "Bob",
                                  .organisation = base::OrganisationId::parse("test-force").value(),
                                  .roles = {access::Role::investigator}}));
  ASSERT_TRUE(round());
  EXPECT_EQ(number("SELECT COUNT(*) FROM sessions"), 1);
  EXPECT_GT(number("SELECT COUNT(*) FROM sign_in_tries"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM people WHERE code_hash IS NOT NULL"), 1);
  rooms_.clock.advance(24h);
  ASSERT_TRUE(round());
  EXPECT_EQ(number("SELECT COUNT(*) FROM sessions"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM sign_in_tries"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM people WHERE code_hash IS NOT NULL"), 0);
}

}  // namespace
}  // namespace regmark::server
