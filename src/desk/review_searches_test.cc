// From a search to what a reviewer found, through all the rooms.
#include "desk/review_searches.h"

#include <gtest/gtest.h>

#include "audit/count.h"
#include "desk/ask_authority.h"
#include "desk/change_cases.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/hold_sightings.h"

namespace regmark::desk {
namespace {

using access::Role;
using oversight::Review;

class ReviewedSearches : public ::testing::Test {
 protected:
  Asker investigator() const { return rooms_.person("person-i", Role::investigator); }
  Asker reviewer() const { return rooms_.person("person-r", Role::reviewer); }
  sightings::Query query() const {
    const auto now = rooms_.clock.now();
    return {.plate = "AB12CDE", .window = access::Window{now - std::chrono::hours{24}, now}};
  }
  std::vector<Review> reviews() {
    const auto answer = read_reviews(desk(), reviewer(), 100).value();
    return std::get<Done<std::vector<Review>>>(answer).value;
  }
  const Desk& desk() const { return *rooms_.desk; }
  // Who may give an authority, of the line "south".
  base::PersonId officer() {
    const auto added = rooms_.people->add({.sign_in_name = "officer",
                                           .display_name = "Officer",
                                           .organisation = investigator().person.organisation,
                                           .roles = {Role::authoriser},
                                           .rank = "inspector"});
    REGMARK_CHECK(rooms_.people->set_line(added->first, "south").has_value());
    return added->first;
  }

  TestDesk rooms_;
};

TEST_F(ReviewedSearches, ASearchThatChancePicksIsReviewed) {
  ASSERT_EQ(words(find_sightings(desk(), investigator(), query())), "done");
  EXPECT_TRUE(reviews().empty());
  rooms_.drawn = 0;
  const auto found = find_sightings(desk(), investigator(), query()).value();
  ASSERT_EQ(reviews().size(), 1U);
  const auto one = reviews().front();
  EXPECT_EQ(one.search.receipt, std::get<Done<sightings::Page>>(found).receipt);
  EXPECT_EQ(one.search.plate, "AB12CDE");
  ASSERT_EQ(words(take_review(desk(), reviewer(), one.id)), "done");
  EXPECT_EQ(words(decide_review(desk(), reviewer(), one.id, oversight::ReviewState::in_order,
                                "The case was worked on that day.")),
            "done");
  EXPECT_EQ(words(read_review_figures(desk(), reviewer())), "done");
  EXPECT_EQ(words(read_reviews(desk(), investigator(), 1)), "none of your roles may do this");
}

// What is published can be counted again from the public half of the log alone.
TEST_F(ReviewedSearches, TheLogSaysWhatThePublishedFiguresSay) {
  using oversight::ReviewState;
  for (const auto outcome : {ReviewState::in_order, ReviewState::misuse_suspected}) {
    rooms_.drawn = 99;
    ASSERT_EQ(words(find_sightings(desk(), investigator(), query())), "done");
    rooms_.drawn = 0;
    ASSERT_EQ(words(find_sightings(desk(), investigator(), query())), "done");
    rooms_.clock.advance(std::chrono::days{20});  // into the next month, the second time
    const auto id = reviews().front().id;
    ASSERT_EQ(words(take_review(desk(), reviewer(), id)), "done");
    ASSERT_EQ(words(decide_review(desk(), reviewer(), id, ReviewState::needs_explanation, "Why?")),
              "done");
    ASSERT_EQ(words(decide_review(desk(), reviewer(), id, outcome, "As they said.")), "done");
  }
  const auto answer = read_review_figures(desk(), reviewer()).value();
  const auto& months = std::get<Done<std::vector<oversight::MonthOfReviews>>>(answer).value;
  ASSERT_EQ(months.size(), 3U);
  const auto counts = audit::count(rooms_.log.folder(), rooms_.log.key().public_key).value();
  const auto counted = [&](base::UtcDay month, std::string_view act, std::string_view part) {
    std::uint64_t records = 0;
    for (const auto& one : counts) {
      if (one.month == month && one.act == act && one.outcome.find(part) != std::string::npos) {
        records += one.records;
      }
    }
    return records;
  };
  std::uint64_t all = 0;
  for (const auto& month : months) {
    SCOPED_TRACE(base::format_day(month.month));
    EXPECT_EQ(counted(month.month, "note_search", ""), month.searches);
    EXPECT_EQ(counted(month.month, "review_searches", "in_order"), month.in_order);
    EXPECT_EQ(counted(month.month, "review_searches", "needs_explanation"),
              month.needs_explanation);
    EXPECT_EQ(counted(month.month, "review_searches", "misuse_suspected"), month.misuse_suspected);
    all += month.searches + month.needs_explanation + month.reviewed;
  }
  EXPECT_EQ(all, 8U);
}

TEST_F(ReviewedSearches, AHoldIsNotedToo) {
  rooms_.drawn = 0;
  ASSERT_EQ(words(hold_sightings(desk(), investigator(), base::HoldId::parse("hold-1").value(),
                                 query(), base::day_of(rooms_.clock.now()) + std::chrono::days{9})),
            "done");
  ASSERT_EQ(reviews().size(), 1U);
  EXPECT_EQ(reviews()[0].search.act, access::Act::hold_sightings);
}

TEST_F(ReviewedSearches, NothingIsAnsweredThatCouldNotBeNoted) {
  REGMARK_CHECK(rooms_.database->write([](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(
        transaction.run("CREATE TRIGGER full BEFORE INSERT ON searches BEGIN "
                        "SELECT RAISE(ABORT, 'no'); END"));
    return {};
  }));
  const auto answer = find_sightings(desk(), investigator(), query());
  EXPECT_FALSE(answer);
}

TEST_F(ReviewedSearches, OneUnderAnUrgentAuthorityAlwaysIs) {
  const auto officer = this->officer();
  const auto now = rooms_.clock.now();
  auto old = query();
  old.window = access::Window{now - std::chrono::days{120}, now - std::chrono::days{119}};
  const authority::Asking asking{"senior_officer", access::Act::search_sightings, scope_of(old)};
  const auto given = record_oral_authority(desk(), investigator(), asking, officer).value();
  auto asker = investigator();
  asker.authority = std::get<Done<authority::Record>>(given).value.id;
  ASSERT_EQ(words(find_sightings(desk(), asker, old)), "done");
  ASSERT_EQ(reviews().size(), 1U);
  EXPECT_EQ(reviews()[0].why, std::vector{oversight::Why::urgent});
  EXPECT_EQ(reviews()[0].search.leave->giver, officer);
  EXPECT_EQ(reviews()[0].search.leave->giver_line, "south");
}

// Their role reaches as far without: it is an urgent one all the same, and is not used up.
TEST_F(ReviewedSearches, OneThatNamesAnUrgentAuthorityWithoutNeedIsToo) {
  const authority::Asking asking{"senior_officer", access::Act::search_sightings,
                                 scope_of(query())};
  const auto given = record_oral_authority(desk(), investigator(), asking, officer()).value();
  const auto id = std::get<Done<authority::Record>>(given).value.id;
  ASSERT_EQ(words(find_sightings(desk(), investigator(), query())), "done");
  EXPECT_TRUE(reviews().empty());
  auto asker = investigator();
  asker.authority = id;
  ASSERT_EQ(words(find_sightings(desk(), asker, query())), "done");
  ASSERT_EQ(reviews().size(), 1U);
  EXPECT_EQ(reviews()[0].why, std::vector{oversight::Why::urgent});
  EXPECT_EQ(reviews()[0].search.leave->id, id);
  EXPECT_EQ(desk().authorities.find(id)->uses, 0U);
}

// Or whoever searches could choose who does not review it.
TEST_F(ReviewedSearches, AnUrgentAuthorityForAnotherMatterOrAnothersCountsForNothing) {
  auto other = query();
  other.plate = "ZZ99ZZZ";
  const authority::Asking asking{"senior_officer", access::Act::search_sightings, scope_of(other)};
  const auto officer = this->officer();
  const auto given_to = [&](const Asker& whom) {
    const auto given = record_oral_authority(desk(), whom, asking, officer).value();
    return std::get<Done<authority::Record>>(given).value.id;
  };
  const auto colleague = rooms_.person("colleague", Role::investigator);
  const auto search = [&](const base::AuthorityId& authority, const sightings::Query& what) {
    auto asker = investigator();
    asker.authority = authority;
    ASSERT_EQ(words(find_sightings(desk(), asker, what)), "done");
  };
  search(given_to(investigator()), query());
  search(given_to(colleague), other);
  EXPECT_TRUE(reviews().empty());
  // Drawn, it is looked at as one that nobody gave leave for.
  rooms_.drawn = 0;
  search(given_to(colleague), other);
  ASSERT_EQ(reviews().size(), 1U);
  EXPECT_FALSE(reviews()[0].search.leave);
}

TEST_F(ReviewedSearches, AnAuthorityInWritingThatWasNotNeededStandsForNothing) {
  const authority::Asking asking{"senior_officer", access::Act::search_sightings,
                                 scope_of(query())};
  const auto asked = ask_authority(desk(), investigator(), asking).value();
  auto asker = investigator();
  asker.authority = std::get<Done<authority::Record>>(asked).value.id;
  rooms_.drawn = 0;
  ASSERT_EQ(words(find_sightings(desk(), asker, query())), "done");
  ASSERT_EQ(reviews().size(), 1U);
  EXPECT_EQ(reviews()[0].why, std::vector{oversight::Why::sampled});
  EXPECT_FALSE(reviews()[0].search.leave);
}

TEST_F(ReviewedSearches, ARegisterMayMakeItRefuse) {
  const auto force = investigator().person.organisation;
  TestDesk strict({.case_rule = oversight::CaseRule::refuse});
  const Desk& desk = *strict.desk;
  EXPECT_EQ(words(find_sightings(desk, investigator(), query())), "done");  // none is connected
  ASSERT_EQ(words(import_cases(desk, rooms_.person("person-a", Role::administrator), force,
                               "reference,category\nCR/1,serious\n")),
            "done");
  EXPECT_EQ(words(find_sightings(desk, investigator(), query())),
            "The case register has no such reference.");
  EXPECT_EQ(strict.records().back().shown.outcome, "refused");
  ASSERT_EQ(words(import_cases(desk, rooms_.person("person-a", Role::administrator), force,
                               "reference,category\n" + access::test_purpose().reference + ",")),
            "done");
  EXPECT_EQ(words(find_sightings(desk, investigator(), query())), "done");
}

}  // namespace
}  // namespace regmark::desk
