// What a yearly review counts of a camera's alerts.
#include "alerts/camera_tally.h"

#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"

namespace regmark::alerts {
namespace {

using access::Act;
using std::chrono::days;

class CameraTalliesOf : public ::testing::Test {
 protected:
  base::AlertId raised(std::string_view camera, std::string_view plate) {
    return alerts_.kept(alerts_.read(camera, plate), {a_hit(plate)}).front();
  }
  CameraTally tally(std::string_view camera, days before = days{1}) {
    const auto today = base::day_of(alerts_.clock.now());
    const std::vector<base::CameraId> cameras{base::CameraId::parse(camera).value()};
    const auto receipt = alerts_.receipt(Act::read_estate, "site");
    return tallies_.of(receipt, cameras, today - before, today + days{1}).value().front();
  }

  TestAlerts alerts_;
  CameraTallies tallies_{*alerts_.database, alerts_.clock};
};

TEST_F(CameraTalliesOf, CountWhatBecameOfEach) {
  const auto acted = raised("cam-1", "AB12CDE");
  const auto wrong = raised("cam-1", "AB12CDF");
  raised("cam-1", "AB12CDG");
  raised("cam-2", "AB12CDE");
  ASSERT_TRUE(alerts_->confirm(alerts_.receipt(Act::confirm_alert, acted), acted, "as listed"));
  ASSERT_TRUE(
      alerts_->act(alerts_.receipt(Act::act_on_alert, acted), acted, a_stand(a_hit("AB12CDE"))));
  ASSERT_TRUE(alerts_->close(alerts_.receipt(Act::record_outcome, acted), acted, "stopped", "x"));
  ASSERT_TRUE(alerts_->reject(alerts_.receipt(Act::reject_alert, wrong), wrong, "an F"));
  const auto found = tally("cam-1");
  EXPECT_EQ(found.alerts, 3U);
  EXPECT_EQ(found.confirmed, 1U);
  EXPECT_EQ(found.rejected, 1U);
  EXPECT_EQ(found.retracted, 0U);
  EXPECT_EQ(found.open, 1U);
  EXPECT_EQ(found.acted, 1U);
  EXPECT_EQ(found.outcomes, (std::map<std::string, std::uint64_t>{{"stopped", 1}}));
  EXPECT_EQ(tally("cam-2").alerts, 1U);
  EXPECT_EQ(tally("cam-3").alerts, 0U);
}

TEST_F(CameraTalliesOf, CountTheDaysThatAreAskedForAlone) {
  raised("cam-1", "AB12CDE");
  alerts_.clock.advance(days{2});
  EXPECT_EQ(tally("cam-1", days{1}).alerts, 0U);
  EXPECT_EQ(tally("cam-1", days{2}).alerts, 1U);
}

TEST_F(CameraTalliesOf, WantAReceiptForTheEstate) {
  const std::vector<base::CameraId> cameras{base::CameraId::parse("cam-1").value()};
  const auto today = base::day_of(alerts_.clock.now());
  const auto answer =
      tallies_.of(alerts_.receipt(Act::watch_alerts, ""), cameras, today, today + days{1});
  EXPECT_EQ(outcome(answer), "invalid_input");
}

}  // namespace
}  // namespace regmark::alerts
