// Short sites and deployments, one after another at the same place: twelve months are twelve
// months, whatever each is called.
#include <gtest/gtest.h>

#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

using access::Act;
using std::chrono::days;

// 0.001 degrees of latitude are 111 metres.
constexpr double near = 0.0008;
constexpr double far = -0.001;

class SamePlace : public ::testing::Test {
 protected:
  base::UtcDay today() const { return base::day_of(estate_.clock.now()); }

  struct Short {
    std::string id;
    days lasts;
    double north = 0;
    Path path = Path::under_twelve_months;
  };
  // Proposed and approved: what the second person is told.
  std::string site(const Short& what) {
    auto about = estate_.site(what.id);
    about.position.latitude += what.north;
    about.path = what.path;
    about.grounds.review = today() + what.lasts;
    const auto proposed = message(estate_->propose(estate_.to_change(what.id), about));
    if (proposed != "done") return "proposed: " + proposed;
    return message(estate_->approve(estate_.to_approve(what.id), about.id));
  }
  std::string deployment(const std::string& id, days lasts, double north = 0,
                         bool is_apart = false) {
    auto about = estate_.deployment(id);
    about.area.centre.latitude += north;
    about.until = estate_.clock.now() + lasts;
    about.grounds.review = today() + lasts;
    about.is_apart = is_apart;
    const auto receipt = [&](Act act, std::string_view person) {
      return estate_.receipt(is_apart ? Act::change_covert : act, id, person);
    };
    EXPECT_EQ(message(estate_->propose(receipt(Act::change_estate, test_author), about)), "done");
    return message(estate_->approve(receipt(Act::approve_estate, test_approver), about.id));
  }
  std::string extend(const std::string& id, days lasts) {
    const auto site = base::SiteId::parse(id).value();
    estate_.write_to_extend(site);
    return message(estate_->review(estate_.to_approve(id), site, estate_.grounds(lasts)));
  }
  void stop(const std::string& id) {
    EXPECT_TRUE(estate_->stop(estate_.to_change(id), base::SiteId::parse(id).value(), "over"));
  }

  static std::string refused(const std::string& others) {
    return "with " + others +
           " at the same place it would stand for more than twelve months: what does takes the "
           "full path (1.4)";
  }

  TestEstate estate_;
};

TEST_F(SamePlace, OneAfterAnotherDoesNotPassTwelveMonths) {
  ASSERT_EQ(site({"first", days{300}}), "done");
  estate_.write_impact("first");
  estate_.clock.advance(days{290});
  stop("first");
  estate_.clock.advance(days{20});
  EXPECT_EQ(site({"second", days{100}, near}), refused("first"));
  EXPECT_EQ(site({"elsewhere", days{100}, far}), "done");
  EXPECT_EQ(site({"third", days{60}, near}), "done");  // 290 and 61 days
  // Nor is it extended past them.
  EXPECT_EQ(extend("third", days{100}), refused("first"));
  EXPECT_EQ(extend("third", days{70}), "done");
  // An emergency may come where others stood, and counts.
  estate_.clock.advance(days{70});
  EXPECT_EQ(site({"flood", days{20}, near, Path::emergency}), "done");
  stop("third");
  EXPECT_EQ(site({"fourth", days{30}, near}), refused("first, flood, third"));
}

// What stood a fortnight each summer did not stand for a year, and a year later it is over.
TEST_F(SamePlace, CountsTheDaysOnWhichSomethingStood) {
  ASSERT_EQ(site({"fair-1", days{14}}), "done");
  estate_.clock.advance(days{350});
  ASSERT_EQ(site({"fair-2", days{14}}), "done");
  // Two at once stand once.
  ASSERT_EQ(site({"lane-1", days{300}}), "done");
  estate_.write_impact("lane-1");
  EXPECT_EQ(site({"lane-2", days{300}}), "done");
  estate_.clock.advance(days{400});
  EXPECT_EQ(site({"later", days{365}}), refused("lane-1, lane-2"));
  estate_.clock.advance(days{270});
  EXPECT_EQ(site({"much-later", days{365}}), "done");
}

// Of what takes the full path nothing is counted once somebody decided for it; before that it is.
TEST_F(SamePlace, BeginningTheFullPathIsNoWayRound) {
  ASSERT_EQ(site({"first", days{300}}), "done");
  estate_.write_impact("first");
  estate_.clock.advance(days{280});
  const auto first = base::SiteId::parse("first").value();
  ASSERT_TRUE(estate_->take_full_path(estate_.to_change("first"), first, "it is to stay"));
  stop("first");
  EXPECT_EQ(site({"second", days{200}}), refused("first"));
}

TEST_F(SamePlace, HoldsForDeploymentsToo) {
  ASSERT_EQ(deployment("first", days{50}), "done");
  estate_.clock.advance(days{49});
  EXPECT_EQ(deployment("second", days{330}, near), refused("first"));
  EXPECT_EQ(deployment("elsewhere", days{330}, far), "done");
  // Sites are counted with sites.
  EXPECT_EQ(site({"gate", days{330}}), "done");
  EXPECT_EQ(deployment("third", days{310}, near), "done");
  const auto third = base::DeploymentId::parse("third").value();
  estate_.write_to_extend(third);
  const auto extend = [&](days lasts) {
    const Extension longer{estate_.grounds(lasts), estate_.clock.now() + lasts};
    return message(estate_->review(estate_.to_approve("third"), third, longer));
  };
  EXPECT_EQ(extend(days{330}), refused("first"));
  EXPECT_EQ(extend(days{312}), "done");
}

// It is short and closes by itself: it is not kept alive by another id each month (4.1).
TEST_F(SamePlace, OneEmergencyDoesNotFollowAnother) {
  const auto emergency = [&](const std::string& id, double north = 0) {
    return site({id, days{20}, north, Path::emergency});
  };
  const auto too_soon = [](const std::string& verb) {
    return "an emergency at the same place, flood, " + verb +
           " until 2026-04-17: another within 90 days is no immediate response (4.1); propose it "
           "for under twelve months, or on the full path";
  };
  ASSERT_EQ(emergency("flood"), "done");
  EXPECT_EQ(emergency("flood-2", near), "proposed: " + too_soon("stands"));
  EXPECT_EQ(emergency("landslip", far), "done");
  estate_.clock.advance(days{100});
  EXPECT_EQ(emergency("flood-2", near), "proposed: " + too_soon("stood"));
  // What is still needed is short, and wants its impact assessment.
  EXPECT_EQ(site({"bank", days{60}, near}), "done");
  estate_.clock.advance(days{11});
  EXPECT_EQ(emergency("flood-2", near), "done");
}

// Neither of two that were proposed at once is begun again by approving the other.
TEST_F(SamePlace, OfTwoEmergenciesAtOnceOneIsApproved) {
  for (const auto* id : {"flood-1", "flood-2"}) {
    auto about = estate_.site(id);
    about.path = Path::emergency;
    about.grounds.review = today() + days{20};
    ASSERT_EQ(message(estate_->propose(estate_.to_change(id), about)), "done");
  }
  const auto approve = [&](std::string_view id) {
    return message(estate_->approve(estate_.to_approve(id), base::SiteId::parse(id).value()));
  };
  EXPECT_EQ(approve("flood-1"), "done");
  EXPECT_EQ(approve("flood-2").substr(0, 44), "an emergency at the same place, flood-1, sta");
  estate_.clock.advance(days{1});
  stop("flood-1");
  EXPECT_EQ(approve("flood-2").substr(0, 44), "an emergency at the same place, flood-1, sto");
}

// Nobody learns from a refusal that something covert stood there, nor the other way.
TEST_F(SamePlace, WhatIsKeptApartIsComparedWithItsLikeAlone) {
  ASSERT_EQ(deployment("watch", days{50}, 0, true), "done");
  estate_.clock.advance(days{49});
  EXPECT_EQ(deployment("patrol", days{330}), "done");
  EXPECT_EQ(deployment("watch-2", days{330}, 0, true), refused("watch"));
  EXPECT_EQ(deployment("watch-3", days{300}, 0, true), "done");
}

}  // namespace
}  // namespace regmark::estate
