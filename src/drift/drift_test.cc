#include "drift/drift.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "audit/audit_testing.h"
#include "estate/estate_testing.h"
#include "plate/read_testing.h"

namespace regmark::drift {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::vector<std::string> signs(const Hour& found, const std::vector<Hour>& usual) {
  std::vector<std::string> names;
  for (const auto& one : departures_of(found, usual)) names.emplace_back(name(one.sign));
  return names;
}

Hour hour(std::uint64_t reads, double score = 0.95, std::uint64_t odd = 0) {
  return {reads, odd, score * static_cast<double>(reads)};
}

TEST(Departures, SaysWhichFigureLeftItsRange) {
  using Names = std::vector<std::string>;
  const std::vector<Hour> usual{hour(100), hour(110), hour(95), hour(105), hour(102), hour(98)};
  EXPECT_EQ(signs(hour(100), usual), Names{});
  EXPECT_EQ(signs(hour(75), usual), Names{});  // as may be by chance
  EXPECT_EQ(signs(hour(50), usual), Names{"few_reads"});
  EXPECT_EQ(signs(hour(0, 0), usual), Names{"few_reads"});
  EXPECT_EQ(signs(hour(200), usual), Names{"many_reads"});
  EXPECT_EQ(signs(hour(100, 0.92), usual), Names{});
  EXPECT_EQ(signs(hour(100, 0.85), usual), Names{"low_scores"});
  EXPECT_EQ(signs(hour(100, 0.95, 4), usual), Names{});
  EXPECT_EQ(signs(hour(100, 0.95, 20), usual), Names{"odd_plates"});
  EXPECT_EQ(signs(hour(50, 0.7, 20), usual), (Names{"few_reads", "low_scores", "odd_plates"}));
  // A few reads say nothing of their quality, and a few hours nothing of what is usual.
  EXPECT_EQ(signs(hour(19, 0.5, 19), {hour(20), hour(20), hour(20)}), Names{});
  EXPECT_EQ(signs(hour(0, 0), {hour(100), hour(100)}), Names{});
  // Nights with hardly a car: silence is no sign there.
  EXPECT_EQ(signs(hour(0, 0), {hour(9), hour(12), hour(7), hour(10)}), Names{});
}

// Chance alone: the same traffic and the same camera, week after week.
TEST(Departures, LeavesChanceAlone) {
  std::mt19937 random(7);
  std::size_t alarms = 0;
  constexpr std::size_t tries = 20'000;
  for (std::size_t i = 0; i < tries; ++i) {
    std::poisson_distribution<std::uint64_t> cars(
        std::uniform_real_distribution(1.0, 400.0)(random));
    const auto draw = [&] {
      const auto reads = cars(random);
      std::binomial_distribution<std::uint64_t> odd(reads, 0.03);
      return Hour{reads, odd(random), 0.95 * static_cast<double>(reads)};
    };
    std::vector<Hour> usual;
    for (int week = 0; week < weeks_compared; ++week) usual.push_back(draw());
    alarms += signs(draw(), usual).size();
  }
  // A thousand cameras have 24,000 hours a day: a handful of false alarms is bearable.
  EXPECT_LT(alarms, tries / 500);
}

class DriftTest : public ::testing::Test {
 protected:
  DriftTest() {
    EXPECT_TRUE(estate_.database->migrate(Drift::migrations()));
    estate_.clock.set("2026-01-05T00:00:00Z");
    estate_.live_camera("cam-1");
    estate_.live_camera("cam-2");
    open();
  }
  void open() { drift_.emplace(*estate_.database, *estate_, estate_.clock); }
  // So many reads within the hour that the clock stands in.
  void note(std::string_view camera, int count, float score = 0.95F,
            std::string_view plate = "AB12CDE") {
    const auto at = base::format_utc(estate_.clock.now());
    auto read = plate::a_read(camera, plate, at);
    read.score = score;
    const std::vector<const plate::Read*> reads(static_cast<std::size_t>(count), &read);
    drift_->note(read.camera, reads);
  }
  // The same hour, a week on, once everything up to it is closed.
  void next_week() {
    estate_.clock.advance(hours(24 * 7));
    ASSERT_TRUE(drift_->close_hours());
  }
  void usual_weeks() {
    estate_.clock.set("2026-01-05T08:10:00Z");
    for (int week = 0; week < weeks_compared; ++week) {
      note("cam-1", 100);
      note("cam-2", 100);
      next_week();
    }
  }
  std::vector<std::string> alarms(std::size_t count = 100) {
    const auto receipt = estate_.log.receipt_for(access::Act::read_estate);
    std::vector<std::string> all;
    const auto told = drift_->alarms(receipt, count).value();
    for (const auto& alarm : told) {
      all.push_back(alarm.camera.text() + " " + base::format_utc(alarm.hour).substr(5, 8) + " " +
                    std::string(name(alarm.departure.sign)));
    }
    return all;
  }

  estate::TestEstate estate_;
  std::optional<Drift> drift_;
};

TEST_F(DriftTest, SaysNothingOfWhatIsUsual) {
  usual_weeks();
  EXPECT_EQ(alarms(), std::vector<std::string>{});
  EXPECT_EQ(drift_->cameras_alarmed().value(), 0U);
}

TEST_F(DriftTest, TellsACameraThatSeesBadlyAndOneThatIsSilent) {
  usual_weeks();
  note("cam-1", 60, 0.6F, "XXXXXXXX");
  estate_.clock.advance(hours(1) + minutes(20));
  ASSERT_TRUE(drift_->close_hours());
  EXPECT_EQ(alarms(),
            (std::vector<std::string>{"cam-1 02-16T08 low_scores", "cam-1 02-16T08 odd_plates",
                                      "cam-2 02-16T08 few_reads"}));
  EXPECT_EQ(drift_->cameras_alarmed().value(), 2U);
  const auto wrong = estate_.log.receipt_for(access::Act::read_people);
  EXPECT_EQ(drift_->alarms(wrong, 100).error().code, ErrorCode::invalid_input);
}

TEST_F(DriftTest, CountsTheHoursOfEachCameraForItsReview) {
  usual_weeks();
  note("cam-1", 60, 0.6F, "XXXXXXXX");
  estate_.clock.advance(hours(1) + minutes(20));
  ASSERT_TRUE(drift_->close_hours());
  const std::vector<base::CameraId> cameras{base::CameraId::parse("cam-2").value(),
                                            base::CameraId::parse("cam-1").value(),
                                            base::CameraId::parse("cam-3").value()};
  const auto today = base::day_of(estate_.clock.now());
  const auto receipt = estate_.log.receipt_for(access::Act::read_estate);
  using Counts = std::vector<std::uint64_t>;
  // Two signs in one hour are one hour.
  EXPECT_EQ(drift_->unusual_hours(receipt, cameras, today, today + std::chrono::days{1}).value(),
            (Counts{1, 1, 0}));
  EXPECT_EQ(drift_->unusual_hours(receipt, cameras, today - std::chrono::days{9}, today).value(),
            (Counts{0, 0, 0}));
}

// What is kept apart is neither told nor counted.
TEST_F(DriftTest, TellsNothingOfWhatIsKeptApart) {
  const auto covert = [&](std::string_view subject, std::string_view person) {
    return estate_.receipt(access::Act::change_covert, subject, person);
  };
  auto site = estate_.site("hidden");
  site.path = estate::Path::statutory;
  ASSERT_TRUE(estate_->propose(covert("hidden", "person-a"), site));
  ASSERT_TRUE(estate_->approve(covert("hidden", "person-b"), site.id));
  const auto hidden = base::CameraId::parse("a-hidden").value();
  ASSERT_TRUE(estate_->commission(covert("a-hidden", "person-a"), {hidden, "Lane", site.id, {}}));
  estate_.clock.set("2026-01-05T08:10:00Z");
  for (int week = 0; week < weeks_compared; ++week) {
    for (const auto* camera : {"cam-1", "cam-2", "a-hidden"}) note(camera, 100);
    next_week();
  }
  note("cam-1", 100, 0.6F);
  note("cam-2", 100);
  estate_.clock.advance(hours(1) + minutes(20));
  ASSERT_TRUE(drift_->close_hours());
  const std::vector<std::string> open{"cam-1 02-16T08 low_scores"};
  EXPECT_EQ(alarms(), open);
  // Nor does it take a place in a list that is cut short.
  EXPECT_EQ(alarms(1), open);
  EXPECT_EQ(drift_->cameras_alarmed().value(), 1U);
}

TEST_F(DriftTest, CountsReadsOfCamerasTogether) {
  usual_weeks();
  const std::vector cameras{base::CameraId::parse("cam-1").value(),
                            base::CameraId::parse("cam-2").value()};
  const auto receipt = estate_.log.receipt_for(access::Act::read_estate);
  const auto all = drift_->counted(receipt, cameras, base::UtcTime{}).value();
  const auto one = drift_->counted(receipt, std::span(cameras).first(1), base::UtcTime{}).value();
  EXPECT_GT(one.reads, 0U);
  EXPECT_EQ(all.hours, 2 * one.hours);
  EXPECT_GT(all.reads, one.reads);
  EXPECT_EQ(drift_->counted(receipt, cameras, estate_.clock.now()).value().reads, 0U);
  const auto wrong = estate_.log.receipt_for(access::Act::read_people);
  EXPECT_EQ(drift_->counted(wrong, cameras, base::UtcTime{}).error().code,
            ErrorCode::invalid_input);
}

// A camera that must not collect is silent for the best of reasons.
TEST_F(DriftTest, LeavesStoppedCamerasAlone) {
  usual_weeks();
  const auto id = base::CameraId::parse("cam-2").value();
  ASSERT_TRUE(estate_->stop(estate_.to_change("cam-2"), id, "road closed"));
  estate_.clock.advance(hours(24 * 8));
  note("cam-1", 100);
  estate_.clock.advance(hours(24 * 7));
  open();
  ASSERT_TRUE(drift_->close_hours());
  EXPECT_EQ(alarms(), std::vector<std::string>{});
}

// Of an hour that the office did not see whole, nothing is said.
TEST_F(DriftTest, JudgesNoHourThatItDidNotSeeWhole) {
  usual_weeks();
  open();  // in the middle of the hour
  note("cam-1", 3);
  estate_.clock.advance(hours(1) + minutes(20));
  ASSERT_TRUE(drift_->close_hours());
  EXPECT_EQ(alarms(), std::vector<std::string>{});
}

TEST_F(DriftTest, CountsWhatComesLateIntoAnOpenHourOnly) {
  usual_weeks();
  note("cam-2", 100);
  const auto seen = base::format_utc(estate_.clock.now());
  estate_.clock.advance(hours(1));
  const auto late = plate::a_read("cam-1", "AB12CDE", seen);
  const std::vector<const plate::Read*> reads(100, &late);
  drift_->note(late.camera, reads);
  estate_.clock.advance(minutes(20));
  ASSERT_TRUE(drift_->close_hours());
  EXPECT_EQ(alarms(), std::vector<std::string>{});
  drift_->note(late.camera, reads);  // too late, and no harm
  ASSERT_TRUE(drift_->close_hours());
}

}  // namespace
}  // namespace regmark::drift
