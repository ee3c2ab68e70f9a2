#include "intake/internal/paces.h"

#include <gtest/gtest.h>

namespace regmark::intake {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

base::CameraId camera(std::string_view name) {
  return base::CameraId::parse(name).value();
}

TEST(Paces, AreEachCamerasOwn) {
  Paces paces({.reads_per_second = 2, .reads_at_once = 10});
  const auto now = base::parse_utc("2026-03-29T08:00:00Z").value();
  const auto one = camera("cam-1");
  ASSERT_TRUE(paces.may_begin(one, now));
  paces.take(one, 14, now);  // whole, and then waits for what was too much
  EXPECT_FALSE(paces.may_begin(one, now));
  EXPECT_TRUE(paces.may_begin(camera("cam-2"), now));
  EXPECT_FALSE(paces.may_begin(one, now + seconds(2)));
  EXPECT_TRUE(paces.may_begin(one, now + seconds(3)));
  // However long it was silent, it has no more than that at once.
  paces.take(one, 10, now + hours(5));
  EXPECT_FALSE(paces.may_begin(one, now + hours(5)));
}

TEST(Paces, LoseNothingToAClockThatIsSetBack) {
  Paces paces({.reads_per_second = 1, .reads_at_once = 5});
  const auto now = base::parse_utc("2026-03-29T08:00:00Z").value();
  const auto one = camera("cam-1");
  paces.take(one, 5, now);
  EXPECT_FALSE(paces.may_begin(one, now - hours(1)));
  EXPECT_TRUE(paces.may_begin(one, now - hours(1) + seconds(2)));
}

}  // namespace
}  // namespace regmark::intake
