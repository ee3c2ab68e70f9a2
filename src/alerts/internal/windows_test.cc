#include "alerts/internal/windows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace regmark::alerts::internal {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using watchlist::Grade;

base::UtcTime at(int second) {
  return base::UtcTime{seconds{1'800'000'000 + second}};
}
base::AlertId alert(int number) {
  return base::AlertId::parse("alert-" + std::to_string(number)).value();
}
Windows::Key key(std::string_view camera = "cam-1", std::string_view list = "list-1",
                 std::string_view plate = "AB12CDE") {
  return {base::ListId::parse(list).value(), plate::Plate::parse(plate).value(),
          base::CameraId::parse(camera).value()};
}

TEST(Windows, StandInTheWayOnBothSides) {
  Windows windows(100);
  windows.take(key(), {alert(1), at(1'000), {true, true, Grade::exact}, at(9'000)});
  EXPECT_TRUE(windows.is_taken(key(), at(1'000), {true, true, Grade::exact}, minutes{5}));
  EXPECT_TRUE(windows.is_taken(key(), at(1'299), {true, true, Grade::exact}, minutes{5}));
  EXPECT_FALSE(windows.is_taken(key(), at(1'300), {true, true, Grade::exact}, minutes{5}));
  EXPECT_TRUE(windows.is_taken(key(), at(701), {true, true, Grade::exact}, minutes{5}));
  EXPECT_FALSE(windows.is_taken(key(), at(700), {true, true, Grade::exact}, minutes{5}));
  EXPECT_FALSE(windows.is_taken(key(), at(1'000), {true, true, Grade::exact}, seconds{0}));
}

TEST(Windows, AreForOneVehicleCameraAndList) {
  Windows windows(100);
  windows.take(key(), {alert(1), at(0), {true, true, Grade::exact}, at(9'000)});
  EXPECT_FALSE(windows.is_taken(key("cam-2"), at(0), {true, true, Grade::exact}, minutes{5}));
  EXPECT_FALSE(
      windows.is_taken(key("cam-1", "list-2"), at(0), {true, true, Grade::exact}, minutes{5}));
  EXPECT_FALSE(windows.is_taken(key("cam-1", "list-1", "XY12ZZZ"), at(0),
                                {true, true, Grade::exact}, minutes{5}));
}

TEST(Windows, WhatIsNotLiveStandsOnlyInTheWayOfWhatIsNotEither) {
  Windows windows(100);
  windows.take(key(), {alert(1), at(0), {false, true, Grade::exact}, at(9'000)});
  EXPECT_FALSE(windows.is_taken(key(), at(0), {true, true, Grade::exact}, minutes{5}));
  EXPECT_TRUE(windows.is_taken(key(), at(0), {false, true, Grade::exact}, minutes{5}));
  windows.take(key(), {alert(2), at(1'000), {true, true, Grade::exact}, at(9'000)});
  EXPECT_TRUE(windows.is_taken(key(), at(1'000), {false, true, Grade::exact}, minutes{5}));
}

TEST(Windows, WhatHasNoPictureStandsOnlyInTheWayOfWhatHasNoneEither) {
  Windows windows(100);
  windows.take(key(), {alert(1), at(0), {true, false, Grade::exact}, at(9'000)});
  EXPECT_TRUE(windows.is_taken(key(), at(0), {true, false, Grade::exact}, minutes{5}));
  EXPECT_FALSE(windows.is_taken(key(), at(0), {true, true, Grade::exact}, minutes{5}));
  windows.take(key(), {alert(2), at(1'000), {true, true, Grade::exact}, at(9'000)});
  EXPECT_TRUE(windows.is_taken(key(), at(1'000), {true, false, Grade::exact}, minutes{5}));
}

TEST(Windows, WhatIsNearStandsOnlyInTheWayOfWhatIsNearToo) {
  Windows windows(100);
  windows.take(key(), {alert(1), at(0), {true, true, Grade::near}, at(9'000)});
  EXPECT_TRUE(windows.is_taken(key(), at(0), {true, true, Grade::near}, minutes{5}));
  EXPECT_FALSE(windows.is_taken(key(), at(0), {true, true, Grade::exact}, minutes{5}));
  EXPECT_FALSE(windows.is_taken(key(), at(0), {true, true, Grade::look_alike}, minutes{5}));
  windows.revalue(key(), alert(2), {true, true, Grade::exact});  // not that one's
  EXPECT_FALSE(windows.is_taken(key(), at(0), {true, true, Grade::exact}, minutes{5}));
  windows.revalue(key(), alert(1), {true, true, Grade::look_alike});
  for (const auto grade : {Grade::exact, Grade::look_alike, Grade::near}) {
    EXPECT_TRUE(windows.is_taken(key(), at(0), {true, true, grade}, minutes{5}));
  }
}

TEST(Windows, GoWhenTheyExpireAreReleasedOrErased) {
  Windows windows(100);
  windows.take(key(), {alert(1), at(0), {true, true, Grade::exact}, at(60)});
  windows.take(key("cam-2"), {alert(2), at(0), {true, true, Grade::exact}, at(120)});
  windows.forget_expired(at(59));
  EXPECT_EQ(windows.size(), 2U);
  windows.forget_expired(at(60));
  EXPECT_EQ(windows.size(), 1U);
  EXPECT_FALSE(windows.is_taken(key(), at(0), {true, true, Grade::exact}, minutes{5}));
  windows.release(key("cam-2"), alert(1));  // not that one's
  EXPECT_EQ(windows.size(), 1U);
  windows.release(key("cam-2"), alert(2));
  EXPECT_EQ(windows.size(), 0U);
  windows.take(key(), {alert(3), at(0), {true, true, Grade::exact}, at(120)});
  windows.erase(base::day_of(at(0)) + std::chrono::days{1});
  EXPECT_EQ(windows.size(), 1U);
  windows.erase(base::day_of(at(0)));
  EXPECT_EQ(windows.size(), 0U);
}

TEST(Windows, StayWithinTheirMaximum) {
  Windows windows(10);
  for (int number = 0; number < 25; ++number) {
    windows.take(
        key(),
        {alert(number), at(number * 1'000), {true, true, Grade::exact}, at(number * 1'000 + 500)});
    EXPECT_LE(windows.size(), 10U);
  }
  EXPECT_FALSE(windows.is_taken(key(), at(14'000), {true, true, Grade::exact},
                                seconds{1}));  // the oldest went first
  EXPECT_TRUE(windows.is_taken(key(), at(15'000), {true, true, Grade::exact}, seconds{1}));
}

// Whatever comes in whatever order, no two live alerts of one key are closer than the window.
RC_GTEST_PROP(Windows, KeepLiveAlertsApart, ()) {
  Windows windows(1'000);
  std::vector<int> raised;
  const auto times = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5'000));
  for (std::size_t number = 0; number < times.size(); ++number) {
    const bool live = *rc::gen::weightedElement<bool>({{4, true}, {1, false}});
    const bool taken =
        windows.is_taken(key(), at(times[number]), {live, true, Grade::exact}, minutes{5});
    const auto close = [&](int other) { return std::abs(other - times[number]) < 300; };
    if (live) RC_ASSERT(taken == std::ranges::any_of(raised, close));
    if (taken) continue;
    windows.take(key(), {alert(static_cast<int>(number)),
                         at(times[number]),
                         {live, true, Grade::exact},
                         at(100'000)});
    if (live) raised.push_back(times[number]);
  }
  RC_CLASSIFY(raised.size() < times.size() && raised.size() > 1, "some stood in the way");
}

}  // namespace
}  // namespace regmark::alerts::internal
