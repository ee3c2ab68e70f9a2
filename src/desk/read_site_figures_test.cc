// Figures of a site's place: from what was taken in, and from the counts of its own cameras.
#include "desk/read_site_figures.h"

#include <gtest/gtest.h>

#include "desk/desk_testing.h"
#include "desk/one_at_a_time.h"
#include "desk/sieve_of_estate.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::desk {
namespace {

using access::Act;
using surroundings::FigureKind;

class ReadSiteFigures : public ::testing::Test {
 protected:
  ReadSiteFigures() {
    const estate::Grounds grounds{"thefts along this road", "local_crime",
                                  base::day_of(rooms_.clock.now()) + std::chrono::days{300}};
    const auto approve = rooms_.log.receipt_for(Act::approve_estate, {.subject = gate_.text()},
                                                estate::test_approver);
    REGMARK_CHECK(
        rooms_.estate->propose(to_change(gate_.text()), {gate_, "Gate", {53.4, -2.2}, grounds})
            .has_value());
    REGMARK_CHECK(rooms_.estate->approve(approve, gate_).has_value());
  }
  audit::Receipt to_change(const std::string& subject) {
    return rooms_.log.receipt_for(Act::change_estate, {.subject = subject}, estate::test_author);
  }
  void commission(const std::string& id) {
    const estate::NewCamera camera{base::CameraId::parse(id).value(), "Lane", gate_, {}};
    REGMARK_CHECK(rooms_.estate->commission(to_change(id), camera).has_value());
  }
  void note(std::string_view camera, std::size_t count) {
    const auto read = plate::a_read(camera, "AB12CDE", base::format_utc(rooms_.clock.now()));
    const std::vector<const plate::Read*> reads(count, &read);
    rooms_.drift->note(read.camera, reads);
  }
  void next_hour() {
    rooms_.clock.advance(std::chrono::hours{1});
    REGMARK_CHECK(rooms_.drift->close_hours().has_value());
  }
  Result<Answer<SiteFigures>> read() {
    return read_site_figures(*rooms_.desk, rooms_.asker({access::Role::dpo}), gate_);
  }
  std::optional<double> reads_a_day() {
    const auto answer = read();
    REGMARK_CHECK(answer.has_value());
    for (const auto& one : std::get<Done<SiteFigures>>(*answer).value.figures) {
      if (one.kind == FigureKind::reads_a_day) return one.value;
    }
    return std::nullopt;
  }

  const base::SiteId gate_ = base::SiteId::parse("gate-7").value();
  TestDesk rooms_;
};

// A camera that stands since yesterday has few hours, and one that was put up just now none.
TEST_F(ReadSiteFigures, AddsTheMeanHourOfEachOfItsCameras) {
  commission("cam-1");
  EXPECT_FALSE(reads_a_day());
  rooms_.clock.advance(std::chrono::minutes{80});  // the first hour that is seen whole
  note("cam-1", 20);
  next_hour();
  commission("cam-2");
  note("cam-1", 40);
  note("cam-2", 6);
  next_hour();
  commission("cam-3");
  ASSERT_TRUE(reads_a_day());
  EXPECT_DOUBLE_EQ(*reads_a_day(), 24 * (30 + 6));
}

// The workers of an office are few: what is worked out over a county's roads takes one of them.
TEST_F(ReadSiteFigures, WaitsForNobodyElsesTurn) {
  const auto receipt = rooms_.log.receipt_for(Act::read_estate);
  {
    const auto turn = take_turn();
    ASSERT_TRUE(turn);
    ASSERT_FALSE(read());
    EXPECT_EQ(read().error().code, ErrorCode::unavailable);
    const auto sieve = sieve_of_estate(*rooms_.desk, receipt, gate_);
    ASSERT_FALSE(sieve);
    EXPECT_EQ(sieve.error().code, ErrorCode::unavailable);
  }
  EXPECT_TRUE(read());
  EXPECT_TRUE(sieve_of_estate(*rooms_.desk, receipt, gate_));
}

}  // namespace
}  // namespace regmark::desk
