// On which ground a camera stood on each of some days, by what was said of it, and in which order.
#include "camera_register/internal/grounds.h"

#include <gtest/gtest.h>

#include "camera_register/camera_register_testing.h"

namespace regmark::camera_register::internal {
namespace {

constexpr auto none = Ground::not_recorded;
constexpr auto local = Ground::local_crime;
constexpr auto serious = Ground::serious_organised_major_crime;

TEST(Grounds, HoldFromTheDayOnWhichTheyWereSaid) {
  const auto day = [](int at) { return test_day("2026-01-01") + std::chrono::days{at}; };
  struct Case {
    std::string_view what;
    std::vector<GroundSaid> said;
    std::vector<std::pair<int, Ground>> want;
  };
  const Case cases[] = {
      {"nothing", {}, {{0, none}}},
      {"the first holds of the days before", {{day(1), local}}, {{-9'999, local}, {500, local}}},
      {"another holds from its day on",
       {{day(1), local}, {day(400), serious}},
       {{0, local}, {100, local}, {399, local}, {400, serious}, {500, serious}}},
      {"and the one before it again",
       {{day(1), local}, {day(400), serious}, {day(500), local}},
       {{399, local}, {400, serious}, {499, serious}, {500, local}}},
      {"the first that is named holds of the days before",
       {{day(1), none}, {day(400), local}},
       {{0, local}, {500, local}}},
      {"one that is given up is not recorded from then on",
       {{day(1), local}, {day(400), none}},
       {{399, local}, {400, none}}},
      {"given up and named anew",
       {{day(1), local}, {day(400), none}, {day(500), local}},
       {{399, local}, {499, none}, {500, local}}},
      {"the first says since when", {{day(1), local, day(-5)}}, {{-6, none}, {-5, local}}},
      {"another says since when",
       {{day(1), local}, {day(400), serious, day(200)}},
       {{199, local}, {200, serious}, {500, serious}}},
      {"whatever was said of later days",
       {{day(1), local}, {day(300), none}, {day(400), serious, day(200)}},
       {{199, local}, {300, serious}}},
      {"a version of other particulars",
       {{day(1), local}, {day(400), serious, day(200)}, {day(450), serious, day(200)}},
       {{199, local}, {200, serious}}},
      {"since a later day than was said",
       {{day(1), local}, {day(400), serious, day(200)}, {day(450), serious, day(300)}},
       {{0, local}, {299, local}, {300, serious}, {500, serious}}},
      {"the first says only later since when",
       {{day(1), local}, {day(400), local, day(200)}},
       {{199, none}, {200, local}}},
      {"a correction",
       {{day(1), local}, {day(400), serious, first_day}},
       {{-9'999, serious}, {500, serious}}},
  };
  for (const auto& one : cases) {
    for (const auto& [at, want] : one.want) {
      EXPECT_EQ(ground_on(one.said, day(at)), want) << one.what << ", day " << at;
    }
  }
}

}  // namespace
}  // namespace regmark::camera_register::internal
