// Why a camera stood where it did at a time, whatever was said later.
#include "estate/stands.h"

#include <gtest/gtest.h>

#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using std::chrono::days;
using std::chrono::hours;

class Stands : public ::testing::Test {
 protected:
  void camera_at(std::string_view id, std::optional<base::SiteId> site,
                 std::optional<base::DeploymentId> deployment = std::nullopt) {
    ASSERT_TRUE(estate_->commission(estate_.to_change(id),
                                    {camera(id), "North", std::move(site), std::move(deployment)}));
  }
  static base::CameraId camera(std::string_view id) { return base::CameraId::parse(id).value(); }
  Result<std::vector<Stand>> stands(std::string_view id, base::UtcTime from, base::UtcTime until,
                                    Act act = Act::export_evidence) {
    return estate_->stands(estate_.receipt(act, "", "reader"), camera(id),
                           access::Window{from, until});
  }
  base::UtcTime later(std::chrono::microseconds by) {
    estate_.clock.advance(by);
    return estate_.clock.now();
  }
  Grounds anew(const std::string& need) const {
    auto grounds = estate_.grounds(days{100});
    grounds.need = need;
    return grounds;
  }

  TestEstate estate_;
  const base::SiteId site_ = base::SiteId::parse("bridge").value();
};

TEST_F(Stands, OfASiteAreAsEachExtensionLeftIt) {
  estate_.live_site("bridge");
  camera_at("cam-1", site_);
  const auto first = later(hours{1});
  const auto extended = later(days{10});
  estate_.write_to_extend(site_);
  ASSERT_TRUE(estate_->review(estate_.to_approve("bridge"), site_, anew("fly-tipping")));
  const auto second = later(hours{1});
  const auto now = later(hours{1});

  const auto before = stands("cam-1", first, first + hours{1}).value();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before[0].site->about.grounds.need, "thefts of vehicles along this road");
  EXPECT_EQ(before[0].site->approver->text(), test_approver);
  EXPECT_EQ(before[0].until, extended);
  const auto after = stands("cam-1", second, now).value();
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].site->about.grounds.need, "fly-tipping");
  EXPECT_EQ(after[0].from, extended);
  EXPECT_EQ(after[0].until, std::nullopt);
  // Over the change there are both, and the instant of it is of the new one.
  const auto both = stands("cam-1", first, now).value();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].until, both[1].from);
  EXPECT_EQ(stands("cam-1", first, extended)->size(), 1U);
  EXPECT_EQ(stands("cam-1", extended, now)->front().site->about.grounds.need, "fly-tipping");
}

TEST_F(Stands, OfASiteThatWasStoppedSayWhen) {
  estate_.live_site("bridge");
  camera_at("cam-1", site_);
  const auto lived = later(hours{1});
  const auto stopped = later(hours{1});
  ASSERT_TRUE(estate_->stop(estate_.to_change("bridge"), site_, "the thefts ended"));
  const auto now = later(hours{1});
  const auto before = stands("cam-1", lived, lived + hours{1}).value();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before[0].site->stopped_at, std::nullopt);
  EXPECT_EQ(stands("cam-1", stopped, now)->front().site->stopped_at, stopped);
}

TEST_F(Stands, OfADeploymentAreAsEachExtensionLeftIt) {
  const auto id = base::DeploymentId::parse("harvest").value();
  estate_.live_deployment("harvest");
  camera_at("cam-2", std::nullopt, id);
  const auto first_end = estate_.deployment("harvest").until;
  const auto first = later(hours{1});
  later(days{10});
  estate_.write_to_extend(id);
  const auto longer = estate_.clock.now() + days{40};
  ASSERT_TRUE(estate_->review(estate_.to_approve("harvest"), id, Extension{anew("lambs"), longer}));
  const auto both = stands("cam-2", first, later(hours{1})).value();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].deployment->about.grounds.need, "thefts of vehicles along this road");
  EXPECT_EQ(both[0].deployment->about.until, first_end);
  EXPECT_EQ(both[1].deployment->about.grounds.need, "lambs");
  EXPECT_EQ(both[1].deployment->about.until, longer);
}

TEST_F(Stands, WantAReceiptAndACamera) {
  estate_.live_site("bridge");
  camera_at("cam-1", site_);
  const auto now = later(hours{1});
  for (const auto act : {Act::read_estate, Act::export_evidence, Act::export_held}) {
    EXPECT_TRUE(stands("cam-1", now - hours{1}, now, act)) << access::name(act);
  }
  EXPECT_EQ(stands("cam-1", now - hours{1}, now, Act::read_lists).error().code,
            ErrorCode::invalid_input);
  EXPECT_EQ(stands("cam-9", now - hours{1}, now).error().code, ErrorCode::not_found);
  // What is kept apart is not there for a court's receipt.
  EXPECT_EQ(stands("cam-1", now - hours{1}, now, Act::read_covert).error().code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace regmark::estate
