// How alerts ended, before they are erased and after.
#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"

namespace regmark::alerts {
namespace {

using access::Act;
using watchlist::ReasonCode;

class TallyTest : public ::testing::Test {
 protected:
  base::AlertId alert(std::string_view plate, std::string_view reason) {
    auto hit = a_hit(plate);
    hit.reason = reason;
    return alerts_.kept(alerts_.read("cam-1", plate), {hit}).front();
  }
  void reject(const base::AlertId& id) {
    ASSERT_TRUE(alerts_->reject(alerts_.receipt(Act::reject_alert, id), id, "not the one"));
  }
  std::vector<Tally> tally(int days_ago = 0) {
    const auto day = base::day_of(alerts_.clock.now());
    return alerts_
        ->tally(alerts_.receipt(Act::read_register, ""), day - std::chrono::days{days_ago}, day)
        .value();
  }
  TestAlerts alerts_;
};

TEST_F(TallyTest, CountsByReasonAndEnding) {
  reject(alert("AB12CDE", "stolen"));
  reject(alert("AB12CDF", "STOLEN from a drive"));
  alert("AB12CDG", "stolen");
  alert("AB12CDH", "wanted for robbery");
  EXPECT_EQ(tally(), (std::vector<Tally>{{ReasonCode::wanted, "open", 1},
                                         {ReasonCode::stolen, "open", 1},
                                         {ReasonCode::stolen, "rejected", 2}}));
}

TEST_F(TallyTest, CountsThePeriodAndNoMore) {
  reject(alert("AB12CDE", "stolen"));
  alerts_.clock.advance(std::chrono::hours{48});
  EXPECT_TRUE(tally().empty());
  EXPECT_EQ(tally(2).size(), 1U);
}

TEST_F(TallyTest, StaysWhenTheAlertsAreErased) {
  reject(alert("AB12CDE", "stolen"));
  alert("AB12CDH", "wanted");
  const auto before = tally();
  const auto erase = [&] {
    return alerts_->erase(alerts_.log.machine_receipt(audit::MachineVerb::drop),
                          base::day_of(alerts_.clock.now()));
  };
  ASSERT_TRUE(erase());
  EXPECT_EQ(tally(), before);
  ASSERT_TRUE(erase());  // twice is once
  EXPECT_EQ(tally(), before);
  EXPECT_EQ(before.size(), 2U);
}

TEST_F(TallyTest, WantsTheReceiptOfTheRegisterOrOfTheSelfAssessment) {
  const auto day = base::day_of(alerts_.clock.now());
  const auto tells = [&](Act act, std::string_view subject) {
    const auto receipt = alerts_.log.receipt_for(act, {.subject = std::string(subject)});
    return alerts_->tally(receipt, day, day).has_value();
  };
  EXPECT_TRUE(tells(Act::read_register, ""));
  EXPECT_TRUE(tells(Act::read_estate, "self-assessment"));
  EXPECT_FALSE(tells(Act::read_estate, "gate"));
  EXPECT_FALSE(tells(Act::watch_alerts, ""));
}

}  // namespace
}  // namespace regmark::alerts
