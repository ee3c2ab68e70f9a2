// A plan is made with the sites that there are, for whoever may read the estate, and is on record.
#include "desk/plan_estate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "desk/desk_testing.h"
#include "desk/one_at_a_time.h"
#include "desk/take_surroundings.h"
#include "estate/estate_testing.h"
#include "planning/planning_testing.h"

namespace regmark::desk {
namespace {

class PlanEstate : public ::testing::Test {
 protected:
  PlanEstate() {
    inputs_ = planning::made_up_inputs(town_, 3, 0, 1);
    inputs_.stability.draws = 0;
  }
  // A site in the middle of a road, or somewhere else.
  void live_site(std::string_view id, const base::Position& position) {
    const auto site = base::SiteId::parse(id).value();
    const estate::Grounds grounds{"thefts along this road", "local_crime",
                                  base::day_of(rooms_.clock.now()) + std::chrono::days{300}};
    const auto receipt = [&](access::Act act, std::string_view person) {
      return rooms_.log.receipt_for(act, {.subject = std::string(id)}, person);
    };
    const auto change = receipt(access::Act::change_estate, estate::test_author);
    const auto approve = receipt(access::Act::approve_estate, estate::test_approver);
    REGMARK_CHECK(rooms_.estate->propose(change, {site, "A site", position, grounds}).has_value());
    if (id.starts_with("live")) REGMARK_CHECK(rooms_.estate->approve(approve, site).has_value());
  }
  Result<Answer<PlannedEstate>> plan(access::Role role) {
    return plan_estate(*rooms_.desk, rooms_.asker({role}), town_, inputs_);
  }

  const planning::Network town_ = planning::made_up_town(6, 1);
  planning::Inputs inputs_;
  TestDesk rooms_;
};

TEST_F(PlanEstate, CountsLiveSitesAsCamerasThatStand) {
  live_site("live-1", town_.roads()[5].middle());
  live_site("live-far", {10, 10});
  live_site("proposed-1", town_.roads()[7].middle());
  const auto answer = plan(access::Role::anpr_manager);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  const auto& planned = std::get<Done<PlannedEstate>>(*answer).value;
  const auto& sites = planned.plan.problem.sites;
  const auto stands = [](const planning::Site& site) {
    return site.kind == planning::SiteKind::existing;
  };
  ASSERT_EQ(std::ranges::count_if(sites, stands), 1);
  const auto found = std::ranges::find_if(sites, stands);
  EXPECT_EQ(found->id, "live-1");
  EXPECT_EQ(found->road, 5U);
  EXPECT_EQ(planned.off_network, std::vector<std::string>{"live-far"});
  EXPECT_LE(planned.inputs.seconds, plan_seconds_max);
}

TEST_F(PlanEstate, TakesPointsInAsThreatAreas) {
  EXPECT_FALSE(std::get<Done<PlannedEstate>>(*plan(access::Role::anpr_manager)).value.points);
  const auto& place = town_.junctions()[14].position;
  const surroundings::NewData points{
      surroundings::DataKind::points, "A list", base::day_of(rooms_.clock.now()),
      "name,kind,latitude,longitude\nArena,crowded_place," + std::to_string(place.latitude) + "," +
          std::to_string(place.longitude) + "\nFar,border,10,10\n"};
  const auto manager = rooms_.asker({access::Role::anpr_manager});
  ASSERT_TRUE(take_in_surroundings(*rooms_.desk, manager, points));
  const auto areas = inputs_.areas.size();
  const auto watched = [&](std::int64_t weight) {
    const auto answer =
        plan_estate(*rooms_.desk, manager, town_, inputs_, {.crowded_place = weight});
    REGMARK_CHECK(answer.has_value());
    return std::get<Done<PlannedEstate>>(*answer).value;
  };
  const auto shown = watched(0);
  EXPECT_EQ(shown.points->about.source, "A list");
  EXPECT_EQ(shown.points->on_map.points.size(), 1U);
  EXPECT_EQ(shown.inputs.areas.size(), areas);
  const auto planned = watched(9);
  ASSERT_EQ(planned.inputs.areas.size(), areas + 1);
  EXPECT_EQ(planned.inputs.areas.back().name, "Arena");
  EXPECT_EQ(planned.plan.problem.demands.back().weight, 9);
  // Together no more than a plan may have.
  inputs_.areas.assign(planning::areas_max, planned.inputs.areas.back());
  const auto many = plan_estate(*rooms_.desk, manager, town_, inputs_, {.crowded_place = 1});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, ErrorCode::limit_exceeded);
}

TEST_F(PlanEstate, IsMadeOneAtATime) {
  const auto turn = take_turn();
  ASSERT_TRUE(turn);
  const auto answer = plan(access::Role::anpr_manager);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
}

TEST_F(PlanEstate, IsRecordedWithItsOutcome) {
  const auto answer = plan(access::Role::anpr_manager);
  ASSERT_TRUE(answer.has_value());
  const auto receipt = std::get<Done<PlannedEstate>>(*answer).receipt;
  const auto records = rooms_.records();
  EXPECT_TRUE(std::ranges::any_of(
      records, [&](const audit::Entry& entry) { return entry.number == receipt; }));
}

TEST_F(PlanEstate, IsRefusedToWhoMayNotReadTheEstate) {
  live_site("live-1", town_.roads()[5].middle());
  const auto answer = plan(access::Role::patrol);
  ASSERT_TRUE(answer.has_value());
  EXPECT_TRUE(std::holds_alternative<Refused>(*answer));
}

TEST_F(PlanEstate, SaysWhatIsWrongWithTheInputs) {
  inputs_.corridors[0].to = planning::End("nowhere");
  const auto answer = plan(access::Role::anpr_manager);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, ErrorCode::invalid_input);
}

TEST_F(PlanEstate, IsNotMadeWhenItCannotBeRecorded) {
  rooms_.failing_log.fill_up_after(0);
  EXPECT_FALSE(plan(access::Role::anpr_manager).has_value());
}

}  // namespace
}  // namespace regmark::desk
