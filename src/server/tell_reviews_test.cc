#include "server/tell_reviews.h"

#include <gtest/gtest.h>

#include "audit/count.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"

namespace regmark::server {
namespace {

using std::chrono::hours;

class ToldReviews : public ::testing::Test {
 protected:
  void search(std::uint64_t drawn) {
    rooms_.drawn = drawn;
    const auto now = rooms_.clock.now();
    const sightings::Query query{.plate = "AB12CDE",
                                 .window = access::Window{now - hours{24}, now}};
    ASSERT_EQ(desk::words(desk::find_sightings(*rooms_.desk,
                                               rooms_.asker({access::Role::investigator}), query)),
              "done");
  }
  Result<void> tell() {
    return tell_reviews(rooms_.failing_log, rooms_.oversight.reviews, rooms_.clock);
  }
  // What stands in the log of a month, by why.
  std::uint64_t told(std::string_view month, std::string_view why) const {
    const auto counts = audit::count(rooms_.log.folder(), rooms_.log.key().public_key).value();
    for (const auto& one : counts) {
      const bool is_it = base::format_day(one.month) == month && one.act == "draw_reviews";
      if (is_it && one.outcome == why) return one.records;
    }
    return 0;
  }

  desk::TestDesk rooms_;
};

TEST_F(ToldReviews, AreToldOnceTheirDayIsOver) {
  search(0);
  search(99);
  search(0);
  ASSERT_TRUE(tell());
  EXPECT_EQ(told("2026-03-01", "sampled"), 0U);
  rooms_.clock.advance(hours{24});
  ASSERT_TRUE(tell());
  EXPECT_EQ(told("2026-03-01", "sampled"), 2U);
  search(0);
  rooms_.clock.advance(hours{24 * 3});  // into the next month
  search(0);
  ASSERT_TRUE(tell());
  ASSERT_TRUE(tell());
  EXPECT_EQ(told("2026-03-01", "sampled"), 3U);
  EXPECT_EQ(told("2026-04-01", "sampled"), 0U);
  rooms_.clock.advance(hours{24});
  ASSERT_TRUE(tell());
  EXPECT_EQ(told("2026-04-01", "sampled"), 1U);
}

// What was noted just before midnight may be written a little after it.
TEST_F(ToldReviews, WaitUntilTheDayIsWritten) {
  rooms_.clock.set("2026-03-28T23:59:59Z");
  search(0);
  rooms_.clock.set("2026-03-29T00:00:01Z");
  ASSERT_TRUE(tell());
  EXPECT_EQ(told("2026-03-01", "sampled"), 0U);
  rooms_.clock.set("2026-03-28T23:59:58Z");
  search(0);
  rooms_.clock.set("2026-03-29T00:30:00Z");
  ASSERT_TRUE(tell());
  EXPECT_EQ(told("2026-03-01", "sampled"), 2U);
}

TEST_F(ToldReviews, WhatWasSaidTwiceCountsOnce) {
  search(0);
  rooms_.clock.advance(hours{24});
  ASSERT_TRUE(tell());
  // As if it had died before it could note that it said so.
  REGMARK_CHECK(rooms_.database->write([](records::Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("UPDATE reviews SET told = 0"));
    return {};
  }));
  ASSERT_TRUE(tell());
  EXPECT_EQ(told("2026-03-01", "sampled"), 1U);
}

TEST_F(ToldReviews, WaitForALogThatCanBeWritten) {
  search(0);
  rooms_.clock.advance(hours{24});
  rooms_.failing_log.fill_up_after(0);
  EXPECT_FALSE(tell());
  rooms_.failing_log.make_room();
  ASSERT_TRUE(tell());
  EXPECT_EQ(told("2026-03-01", "sampled"), 1U);
}

}  // namespace
}  // namespace regmark::server
