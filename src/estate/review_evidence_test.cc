// The file that a review names: the same for the same figures, and no more than counts.
#include "estate/review_evidence.h"

#include <gtest/gtest.h>

#include <set>

namespace regmark::estate {
namespace {

ReviewEvidence made_up() {
  CameraFound camera{base::CameraId::parse("cam-1").value()};
  camera[Found::reads] = 1'200;
  camera[Found::alerts] = 5;
  camera[Found::alerts_confirmed] = 3;
  camera[Found::alerts_rejected] = 1;
  camera[Found::wrong_vehicle] = 1;
  camera[Found::complaints] = 2;
  camera[Found::reads_checked] = 20;
  camera[Found::reads_checked_right] = 19;
  camera[Found::reads_unreadable] = 4;
  return {.site = base::SiteId::parse("gate").value(),
          .from = base::parse_day("2025-11-22").value(),
          .until = base::parse_day("2026-11-22").value(),
          .kept_from = base::parse_day("2025-11-23").value(),
          .cameras = {camera, {base::CameraId::parse("cam-2").value()}}};
}

TEST(ReviewEvidence, IsAFileOfCounts) {
  EXPECT_EQ(format_review_evidence(made_up()),
            "site,from,until,kept_from\n"
            "gate,2025-11-22,2026-11-22,2025-11-23\n"
            "\n"
            "camera,reads,alerts,alerts_confirmed,alerts_rejected,alerts_retracted,alerts_open,"
            "acted_on,stopped,not_found,wrong_vehicle,already_resolved,observed,no_action,searches,"
            "cases,unusual_hours,reads_checked,reads_checked_right,reads_unreadable,faults,faults_"
            "open,clock_tests,clock_tests_failed,accuracy_tests,"
            "accuracy_tests_failed,vehicles_looked_at,vehicles_read_right,complaints,"
            "right_in_thousand,checked_right_in_thousand,checked_low,checked_high\n"
            "cam-1,1200,5,3,1,0,0,0,0,0,1,0,0,0,0,0,0,20,19,4,0,0,0,0,0,0,0,0,2,500,950,764,991\n"
            "cam-2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,,,\n");
  EXPECT_EQ(format_review_evidence(made_up()), format_review_evidence(made_up()));
}

TEST(ReviewEvidence, SaysHowManyOfThoseThatWereLookedAtWereRight) {
  struct Case {
    std::uint64_t confirmed, rejected, wrong_vehicle;
    std::optional<std::uint64_t> want;
  };
  constexpr Case cases[] = {{0, 0, 0, std::nullopt},
                            {1, 0, 0, 1'000},
                            {2, 1, 0, 667},
                            {0, 4, 0, 0},
                            {1, 0, 1, 0},
                            {0, 1, 1, 0}};
  for (const auto& [confirmed, rejected, wrong_vehicle, want] : cases) {
    CameraFound camera{base::CameraId::parse("cam-1").value()};
    camera[Found::alerts_confirmed] = confirmed;
    camera[Found::alerts_rejected] = rejected;
    camera[Found::wrong_vehicle] = wrong_vehicle;
    EXPECT_EQ(camera.right_in_thousand(), want) << confirmed << " " << rejected;
  }
}

TEST(ReviewEvidence, SaysHowSureTheShareOfCheckedReadsIs) {
  CameraFound camera{base::CameraId::parse("cam-1").value()};
  camera[Found::reads_unreadable] = 9;
  EXPECT_EQ(camera.checked_in_thousand(), std::nullopt);
  camera[Found::reads_checked] = 3;
  camera[Found::reads_checked_right] = 3;
  // Three of three are no proof of a camera that is always right.
  EXPECT_EQ(camera.checked_in_thousand(), (CameraFound::Checked{1'000, 439, 1'000}));
  camera[Found::reads_checked] = 3'000;
  camera[Found::reads_checked_right] = 2'910;
  EXPECT_EQ(camera.checked_in_thousand(), (CameraFound::Checked{970, 963, 976}));
}

TEST(ReviewEvidence, EachFigureHasANameAndATitleOfItsOwn) {
  std::set<std::string_view> names;
  std::set<std::string_view> titles;
  for (std::size_t i = 0; i < found_count; ++i) {
    names.insert(name(static_cast<Found>(i)));
    titles.insert(title(static_cast<Found>(i)));
  }
  EXPECT_EQ(names.size(), found_count);
  EXPECT_EQ(titles.size(), found_count);
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace regmark::estate
