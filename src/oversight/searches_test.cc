#include "oversight/searches.h"

#include <gtest/gtest.h>

#include "oversight/oversight_testing.h"
#include "oversight/reasons.h"

namespace regmark::oversight {
namespace {

using access::Act;
using std::chrono::days;

class NotedSearches : public ::testing::Test {
 protected:
  // A purpose of its own each time, unless a reason is given.
  access::Purpose purpose(std::string reason = {}) {
    const auto number = std::to_string(++purposes_);
    if (reason.empty()) {
      static constexpr const char* things[] = {"van", "lorry", "coupe", "hearse", "tractor"};
      reason = "Theft of a " + std::string(things[purposes_ % 5]) + " near street" +
               std::string(purposes_ % 26 + 1, 'x');
    }
    return {"serious", std::move(reason), "CR/" + number + "/26", "DS Example"};
  }
  std::vector<SearchNote> all() {
    return rooms_.room->searches
        .since(rooms_.receipt(Act::read_signals), rooms_.clock.now() - days{3'000})
        .value();
  }
  Result<std::uint64_t> erased(audit::MachineVerb verb, base::UtcTime before) {
    const auto receipt = rooms_.log.machine_receipt(verb);
    return rooms_.database->write([&](records::Transaction& transaction) {
      return Searches::erase_over(transaction, receipt, before);
    });
  }
  std::vector<std::string> why() {
    std::vector<std::string> words;
    for (const auto& review : rooms_.reviews()) {
      for (const auto one : review.why) words.emplace_back(name(one));
    }
    return words;
  }

  TestOversight rooms_;
  unsigned purposes_ = 0;
};

TEST_F(NotedSearches, KeepAllThatSomebodyMustWeigh) {
  const auto why = purpose();
  const Looked looked{.scope = {.plate = "AB12*",
                                .cameras = {base::CameraId::parse("cam-1").value(),
                                            base::CameraId::parse("cam-2").value()},
                                .area = base::Area{{52, -1}, 500}},
                      .rows = 17,
                      .leave = Leave{.id = base::AuthorityId::parse("authority-1").value(),
                                     .giver = base::PersonId::parse("officer").value(),
                                     .giver_line = "south",
                                     .is_oral = true},
                      .line = "north"};
  ASSERT_TRUE(rooms_.search("searcher", why, looked));
  const auto notes = all();
  ASSERT_EQ(notes.size(), 1U);
  const auto& note = notes.front();
  EXPECT_EQ(note.person.text(), "searcher");
  EXPECT_EQ(note.purpose.reason, why.reason);
  EXPECT_EQ(note.purpose.reference, why.reference);
  EXPECT_EQ(note.purpose.for_whom, "DS Example");
  EXPECT_EQ(note.plate, "AB12*");
  EXPECT_EQ(note.cameras, 2U);
  EXPECT_TRUE(note.has_area);
  EXPECT_EQ(note.window->until, rooms_.clock.now());
  EXPECT_EQ(note.rows, 17U);
  EXPECT_EQ(note.leave->giver->text(), "officer");
  EXPECT_TRUE(note.leave->is_oral);
  EXPECT_EQ(note.receipt, 0U);  // the first record of the log
}

TEST_F(NotedSearches, GoBeforeAReviewerByChanceByUrgencyAndByFlag) {
  ASSERT_TRUE(rooms_.search("searcher", purpose()));
  EXPECT_TRUE(why().empty());
  rooms_.draw = drawn;
  ASSERT_TRUE(rooms_.search("searcher", purpose()));
  EXPECT_EQ(why(), std::vector<std::string>{"sampled"});
  rooms_.draw = not_drawn;
  rooms_.clock.advance(std::chrono::seconds{1});
  const Leave oral{.id = base::AuthorityId::parse("authority-1").value(), .is_oral = true};
  ASSERT_TRUE(rooms_.search("searcher", purpose("police enquiries into it"), {.leave = oral}));
  EXPECT_EQ(why(), (std::vector<std::string>{"sampled", "urgent", "flagged"}));
}

TEST_F(NotedSearches, ThePagesOfOneQuestionAreOneNote) {
  const auto why = purpose();
  ASSERT_TRUE(rooms_.search("searcher", why, {.rows = 100}));
  ASSERT_TRUE(rooms_.search("searcher", why, {.rows = 40, .is_next_page = true}));
  ASSERT_EQ(all().size(), 1U);
  EXPECT_EQ(all()[0].rows, 140U);
  EXPECT_EQ(all()[0].pages, 2U);
  // A page under an urgent authority is a search of its own, and is looked after.
  const Leave oral{.id = base::AuthorityId::parse("authority-1").value(), .is_oral = true};
  rooms_.clock.advance(std::chrono::seconds{1});
  ASSERT_TRUE(rooms_.search("searcher", why, {.rows = 5, .is_next_page = true, .leave = oral}));
  ASSERT_TRUE(rooms_.search("searcher", why, {.rows = 7, .is_next_page = true, .leave = oral}));
  ASSERT_EQ(all().size(), 2U);
  EXPECT_EQ(all()[0].rows, 140U);
  EXPECT_EQ(all()[1].rows, 12U);
  EXPECT_EQ(this->why(), std::vector<std::string>{"urgent"});
  // What only says that it goes on, and goes on with nothing, is noted by itself.
  ASSERT_TRUE(rooms_.search("searcher", purpose(), {.rows = 1, .is_next_page = true}));
  EXPECT_EQ(all().size(), 3U);
}

TEST_F(NotedSearches, SayOfWhichCamerasTheyWereOfUseToAReview) {
  const auto camera = [](std::string_view id) { return base::CameraId::parse(id).value(); };
  const std::vector<base::CameraId> cameras{camera("cam-1"), camera("cam-2"), camera("cam-3")};
  const auto uses = [&](days before) {
    const auto today = base::day_of(rooms_.clock.now());
    const auto found = rooms_.room->searches.uses(rooms_.receipt(Act::read_estate), cameras,
                                                  today - before, today + days{1});
    std::string text;
    for (const auto& one : *found) {
      text += std::to_string(one.searches) + "/" + std::to_string(one.cases) + " ";
    }
    return text;
  };
  const auto why = purpose();
  ASSERT_TRUE(rooms_.search("searcher", why, {.rows = 100, .read_by = {camera("cam-1")}}));
  ASSERT_TRUE(rooms_.search(
      "searcher", why,
      {.rows = 40, .is_next_page = true, .read_by = {camera("cam-1"), camera("cam-2")}}));
  ASSERT_TRUE(rooms_.search("another", why, {.rows = 1, .read_by = {camera("cam-1")}}));
  ASSERT_TRUE(rooms_.search("another", purpose(), {.rows = 1, .read_by = {camera("cam-1")}}));
  EXPECT_EQ(uses(days{0}), "3/2 1/1 0/0 ");
  rooms_.clock.advance(days{10});
  EXPECT_EQ(uses(days{9}), "0/0 0/0 0/0 ");
  // What a search was for is erased in its time; that there was one is not.
  ASSERT_TRUE(erased(audit::MachineVerb::drop, rooms_.clock.now()));
  EXPECT_EQ(uses(days{10}), "3/0 1/0 0/0 ");
  EXPECT_EQ(outcome(rooms_.room->searches.uses(rooms_.receipt(Act::read_signals), cameras,
                                               base::UtcDay{}, base::UtcDay{})),
            "invalid_input");
}

TEST_F(NotedSearches, AReasonPastedAgainAndAgainIsFlagged) {
  const std::string pasted = "Suspect uses the car for deliveries, see log ";
  for (std::uint64_t times = 0; times < own_repeats_least; ++times) {
    ASSERT_TRUE(rooms_.search("searcher", purpose(pasted + std::to_string(times))));
  }
  EXPECT_TRUE(why().empty());
  // Again for a reference of before is no repeat; nor is it one by somebody else.
  auto again = purpose(pasted);
  ASSERT_TRUE(rooms_.search("another", again));
  EXPECT_TRUE(why().empty());
  ASSERT_TRUE(rooms_.search("searcher", purpose(pasted + "AB12CDE")));
  EXPECT_EQ(why(), std::vector<std::string>{"flagged"});
  EXPECT_EQ(rooms_.reviews()[0].search.flags, std::vector{Flag::repeated_reason});
}

TEST_F(NotedSearches, AReasonThatGoesRoundTheForceIsFlagged) {
  const std::string pasted = "Suspect uses the car for deliveries";
  for (std::uint64_t times = 0; times < force_repeats_least; ++times) {
    ASSERT_TRUE(rooms_.search("searcher-" + std::to_string(times), purpose(pasted)));
  }
  EXPECT_TRUE(why().empty());
  ASSERT_TRUE(rooms_.search("searcher-x", purpose(pasted)));
  EXPECT_EQ(why(), std::vector<std::string>{"flagged"});
}

TEST_F(NotedSearches, WhatTheRegisterDoesNotBearOutIsFlagged) {
  ASSERT_TRUE(rooms_.import_cases("reference\nCR/1/26\n"));
  ASSERT_TRUE(rooms_.search("searcher", purpose()));
  EXPECT_TRUE(why().empty());
  ASSERT_TRUE(rooms_.search("searcher", purpose()));
  EXPECT_EQ(rooms_.reviews().at(0).search.flags, std::vector{Flag::case_unknown});
}

TEST_F(NotedSearches, AreErasedWhenTheirTimeIsOverAndGoOnCounting) {
  ASSERT_TRUE(rooms_.search("searcher", purpose()));
  rooms_.draw = drawn;
  ASSERT_TRUE(rooms_.search("searcher", purpose()));
  rooms_.clock.advance(Settings{}.kept + std::chrono::seconds{1});
  ASSERT_TRUE(rooms_.search("searcher", purpose()));
  const auto before = rooms_.clock.now() - Settings{}.kept;
  const auto erase = [&] { return erased(audit::MachineVerb::drop, before).value(); };
  const auto count = [&](records::Transaction& transaction) {
    return Searches::count_over(transaction, before);
  };
  EXPECT_EQ(rooms_.database->read(count).value(), 1U);
  EXPECT_EQ(erase(), 1U);
  ASSERT_EQ(all().size(), 2U);  // one waits for its reviewer still
  const auto late = rooms_.reviews().front();
  const auto under = [&] { return rooms_.receipt(Act::review_searches, late.id.text()); };
  ASSERT_TRUE(rooms_.room->reviews.take(under(), late.id, ""));
  ASSERT_TRUE(rooms_.room->reviews.decide(under(), late.id, "", ReviewState::in_order, "fine"));
  EXPECT_EQ(erase(), 1U);
  EXPECT_EQ(erase(), 0U);
  EXPECT_EQ(all().size(), 1U);
  const auto months = rooms_.room->reviews.figures(rooms_.receipt(Act::read_reviews)).value();
  ASSERT_EQ(months.size(), 2U);
  EXPECT_EQ(base::format_day(months[0].month), "2026-03-01");
  EXPECT_EQ(months[0].searches, 2U);
  EXPECT_EQ(months[0].sampled, 1U);
  EXPECT_EQ(months[0].in_order, 0U);
  EXPECT_EQ(months[1].searches, 1U);
  EXPECT_EQ(months[1].in_order, 1U);  // of the month in which the reviewer said so
}

TEST_F(NotedSearches, WantAReceiptOfASearch) {
  EXPECT_EQ(outcome(rooms_.room->searches.note(rooms_.receipt(Act::read_lists), {})),
            "invalid_input");
  EXPECT_EQ(outcome(rooms_.room->searches.since(rooms_.receipt(Act::read_lists), {})),
            "invalid_input");
  EXPECT_EQ(outcome(erased(audit::MachineVerb::seal, rooms_.clock.now())), "invalid_input");
}

}  // namespace
}  // namespace regmark::oversight
