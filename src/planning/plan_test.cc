#include "planning/plan.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "planning/expat/osm.h"
#include "planning/json/inputs.h"
#include "planning/json/plan.h"
#include "planning/picture.h"
#include "planning/planning_testing.h"
#include "planning/read_network.h"

namespace regmark::planning {
namespace {

std::string file(const std::string& name) {
  const auto bytes = base::read_file(std::string(REGMARK_SOURCE_DIR) + "/testdata/town/" + name,
                                     network_file_size_max);
  REGMARK_CHECK(bytes.has_value());
  return std::string(base::as_text(*bytes));
}

struct Town {
  Network network = read_network(file("town.geojson")).value();
  Inputs inputs = read_inputs(file("plan.json")).value();
};

std::size_t demand(const Plan& plan, std::string_view id) {
  for (std::size_t i = 0; i < plan.problem.demands.size(); ++i) {
    if (plan.problem.demands[i].id == id) return i;
  }
  ADD_FAILURE() << "no demand " << id;
  return 0;
}

std::size_t site(const Plan& plan, std::string_view id) {
  for (std::size_t i = 0; i < plan.problem.sites.size(); ++i) {
    if (plan.problem.sites[i].id == id) return i;
  }
  ADD_FAILURE() << "no site " << id;
  return 0;
}

TEST(Plan, OfTheTownMeetsItsCover) {
  const Town town;
  const auto plan = make_plan(town.network, town.inputs);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_TRUE(plan->meets_cover());
  EXPECT_TRUE(plan->recommended.proved());
  EXPECT_EQ(plan->recommended.totals.existing, 3);
  EXPECT_EQ(plan->draws, 20);
  ASSERT_EQ(plan->places.size(), 1U);
  EXPECT_GE(plan->places[0].planned.share(), plan->places[0].now.share());
  // The camera at the works watches the bypass from end to end, today as well.
  EXPECT_EQ(plan->demands[demand(*plan, "across")].now, 1U);
  EXPECT_FALSE(plan->demands[demand(*plan, "across")].gap.has_value());
  EXPECT_TRUE(plan->demands[demand(*plan, "moor-east")].gap.has_value());
  const auto& works = plan->sites[site(*plan, "cam-works")];
  EXPECT_EQ(works.loss.unmet, std::vector{demand(*plan, "across")});
  EXPECT_EQ(works.spare, false);
}

TEST(Plan, KeepsNoCameraWhenAskedNotTo) {
  Town town;
  town.inputs.keep_existing = false;
  town.inputs.objectives = {Objective::cameras};
  const auto plan = make_plan(town.network, town.inputs);
  ASSERT_TRUE(plan.has_value());
  ASSERT_TRUE(plan->fewest.has_value());
  EXPECT_EQ(plan->recommended.totals.cameras, plan->fewest->totals.cameras);
}

TEST(Plan, SaysWhichDemandCannotBeMetAndWhy) {
  Town town;
  // No junction approach but the bypass's may have a camera.
  town.inputs.derived->classes = {RoadClass::trunk};
  const auto plan = make_plan(town.network, town.inputs);
  ASSERT_TRUE(plan.has_value());
  EXPECT_FALSE(plan->meets_cover());
  const auto moor = demand(*plan, "moor-east");
  ASSERT_TRUE(plan->demands[moor].cannot.has_value());
  EXPECT_EQ(plan->least[moor], plan->demands[moor].at_most);
  // What can be met is.
  EXPECT_GE(plan->demands[demand(*plan, "across")].planned, 1U);
  const auto json = plan_json(*plan, town.network, town.inputs, "digest", Map::left_out);
  EXPECT_NE(json.find("\"why\": \"with every site open, this way still passes only"),
            std::string::npos);
}

TEST(Plan, SaysWhatTheLimitsCost) {
  Town town;
  town.inputs.new_cameras_most = 1;
  const auto plan = make_plan(town.network, town.inputs);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_LE(plan->recommended.totals.new_cameras, 1);
  ASSERT_TRUE(plan->without_caps.has_value());
  EXPECT_GT(plan->without_caps->totals.new_cameras, 1);
  EXPECT_EQ(objective_names(*plan, town.inputs).front(), "weight_met");
}

TEST(Plan, PrefersAPartnersCameraWhereItServesAsWell) {
  Town town;
  town.inputs.corridors = {
      {.id = "to-retail", .route = {"south-cross", "retail-park", "south-east-end"}}};
  town.inputs.areas.clear();
  town.inputs.sites = {
      {.id = "council", .kind = SiteKind::partner, .road = "a1/4", .money = 50'000}};
  const auto plan = make_plan(town.network, town.inputs);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  // The guidance wants sharing before building, whatever it costs; money comes second.
  EXPECT_TRUE(plan->recommended.open[site(*plan, "council")]);
  EXPECT_EQ(plan->recommended.totals.new_cameras, 0);
  town.inputs.objectives = {Objective::money};
  const auto cheap = make_plan(town.network, town.inputs);
  ASSERT_TRUE(cheap.has_value());
  EXPECT_EQ(cheap->recommended.totals.new_cameras, 1);
  EXPECT_EQ(cheap->recommended.totals.money, 12'000);
}

TEST(Plan, SaysWhatTheTimeDidNotReachAndWhatNobodyGave) {
  Plan plan;
  Inputs inputs;
  inputs.stability.draws = 5;
  inputs.trade_off_points = 3;
  plan.draws = 1;
  plan.draws_proved = 1;
  EXPECT_EQ(reservations(plan, inputs).size(), 5U);
  EXPECT_EQ(reservations(plan, inputs).front(),
            "The time was up: which cameras are spare was not worked out.");
  EXPECT_EQ(reservations(plan, inputs)[2], "The time was up: of 5 draws 1 were made.");
  plan.draws = 5;
  plan.draws_proved = 5;
  plan.without_spare.emplace();
  plan.fewest.emplace();
  plan.trade_off_complete = true;
  plan.problem.population_known = true;
  EXPECT_EQ(reservations(plan, inputs), std::vector<std::string>{});
}

TEST(Plan, SaysWhatWasFoundAndNotProved) {
  Plan plan;
  Inputs inputs;
  inputs.stability.draws = 3;
  inputs.trade_off_points = 2;
  plan.problem.population_known = true;
  plan.recommended.stages = {{2, 2}, {374'000, 335'022}, {9, 9}};
  plan.fewest = Answer{.stages = {{32, 31}, {7, 7}, {5, 1}}};
  plan.without_spare = Answer{.stages = {{4, 2}, {8'000, 8'000}}};
  plan.draws = 3;
  plan.draws_proved = 1;
  plan.trade_off = {{.totals = {}, .proved = true}, {.totals = {}, .proved = false}};
  const std::string unproved = "Not proved to be the best in the time there was: ";
  const std::vector<std::string> want = {
      unproved + "the recommended plan, money 374000 (335022 is not ruled out).",
      unproved +
          "that no more cameras are spare; those that are not, cameras 4 (2 is not ruled "
          "out).",
      unproved +
          "the fewest of all, cameras 32 (31 is not ruled out), privacy 5 (1 is not ruled "
          "out).",
      unproved + "2 of the draws.", unproved + "1 of the plans between money and privacy."};
  EXPECT_EQ(reservations(plan, inputs), want);
}

// The weight that limits let be met is made most: there the bound lies above.
TEST(Plan, TakesAWeightBelowItsBoundForUnproved) {
  EXPECT_FALSE((Stage{.value = 10, .bound = 12}).proved());
  EXPECT_FALSE((Stage{.value = 12, .bound = 10}).proved());
  EXPECT_TRUE((Stage{.value = 12, .bound = 12}).proved());
}

TEST(Plan, SaysNotReachedOfWhatTheTimeDidNotReach) {
  Town town;
  town.inputs.seconds = 0;
  const auto plan = make_plan(town.network, town.inputs);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_TRUE(plan->meets_cover());
  const auto& works = plan->sites[site(*plan, "cam-works")];
  EXPECT_EQ(works.spare, std::nullopt);
  EXPECT_EQ(works.in_fewest, std::nullopt);
  EXPECT_EQ(reached(works.spare), "not reached");
  EXPECT_FALSE(plan->without_spare.has_value());
  const auto json = plan_json(*plan, town.network, town.inputs, "digest", Map::left_out);
  for (const auto* const absent : {"\"spare\": null", "\"in_fewest\": null", "\"draws\": null",
                                   "\"without_spare\": null", "\"fewest\": null"}) {
    EXPECT_NE(json.find(absent), std::string::npos) << absent;
  }
  EXPECT_EQ(json.find("\"spare\": false"), std::string::npos);
  const auto page = plan_page(*plan, town.network, town.inputs, "digest");
  EXPECT_NE(page.find("<td>not reached<td>not reached</tr>"), std::string::npos);
  EXPECT_NE(page.find("which cameras are spare was not worked out."), std::string::npos);
  EXPECT_NE(page.find("Money against privacy: not reached."), std::string::npos);
}

TEST(Plan, IsTheSameForASeed) {
  const Town town;
  auto once = make_plan(town.network, town.inputs).value();
  auto again = make_plan(town.network, town.inputs).value();
  once.seconds = again.seconds = 0;
  EXPECT_EQ(plan_json(once, town.network, town.inputs, "", Map::drawn),
            plan_json(again, town.network, town.inputs, "", Map::drawn));
}

TEST(Plan, SaysWhatDoesNotFitTheNetwork) {
  struct Case {
    std::string want;
    void (*change)(Inputs&);
  };
  const Case cases[] = {
      {"existing \"cam-market\": the network has no road \"nowhere\"",
       [](Inputs& inputs) { inputs.sites[0].road = "nowhere"; }},
      {"existing \"cam-market\": no road lies within 200 m of it",
       [](Inputs& inputs) {
         inputs.sites[0].road.clear();
         inputs.sites[0].position = base::Position{0, 0};
       }},
      {"site \"cam-market\": the id stands twice",
       [](Inputs& inputs) { inputs.sites.push_back(inputs.sites[0]); }},
      {"corridor \"across\": the network has no junction \"nowhere\"",
       [](Inputs& inputs) { inputs.corridors[2].to = End("nowhere"); }},
      {"corridor \"across\": both ends are the same junction",
       [](Inputs& inputs) { inputs.corridors[2].to = inputs.corridors[2].from; }},
      {"corridor \"mill-run\": no road leads from \"quay\" to \"market\"",
       [](Inputs& inputs) {
         inputs.corridors[4].route = {"mill-lane-end", "quay", "market"};
       }},
      {"corridor \"mill-run\": a route has two junctions or more, and passes none twice",
       [](Inputs& inputs) {
         inputs.corridors[4].route = {"quay", "mill-lane-end", "quay"};
       }},
      {"area \"town-centre\": no junction lies in it",
       [](Inputs& inputs) {
         inputs.areas[0].area.centre = {0, 0};
       }},
      {"area \"town-centre\": no junction lies outside it",
       [](Inputs& inputs) { inputs.areas[0].margin_m = 100'000; }},
      {"place \"north-bank\": no junction lies in it",
       [](Inputs& inputs) {
         inputs.places[0].area.centre = {0, 0};
       }},
      {"traffic: the network has no road \"nowhere\"",
       [](Inputs& inputs) { inputs.traffic[0].road = "nowhere"; }},
      {"the plan has no corridor and no area: nothing to watch",
       [](Inputs& inputs) {
         inputs.corridors.clear();
         inputs.areas.clear();
       }},
      {"the plan has no site at all",
       [](Inputs& inputs) {
         inputs.sites.clear();
         inputs.derived.reset();
       }},
      {"what must stay already costs more than is allowed",
       [](Inputs& inputs) { inputs.money_most = 5'999; }},
  };
  for (const auto& [want, change] : cases) {
    SCOPED_TRACE(want);
    Town town;
    change(town.inputs);
    const auto plan = make_plan(town.network, town.inputs);
    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(plan.error().message, want);
  }
}

TEST(Plan, SaysThatACorridorsEndsLieOnIslands) {
  auto lines = made_up_streets(4, 1);
  lines.push_back({.id = "ferry", .points = {{"pier", {55, -1}}, {"beach", {55.01, -1}}}});
  const auto network = Network::of_lines(lines);
  ASSERT_TRUE(network.has_value());
  auto inputs = made_up_inputs(*network, 0, 0, 1);
  inputs.corridors = {{.id = "over", .from = End("0-0"), .to = End("pier")}};
  const auto plan = make_plan(*network, inputs);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().message,
            "corridor \"over\": no road joins its ends: they lie on islands of the network, of 16 "
            "and 2 junctions");
}

TEST(Plan, SaysThatAnAreaCoversAWholeIsland) {
  auto lines = made_up_streets(4, 1);
  lines.push_back({.id = "ferry", .points = {{"pier", {55, -1}}, {"beach", {55.01, -1}}}});
  const auto network = Network::of_lines(lines);
  ASSERT_TRUE(network.has_value());
  auto inputs = made_up_inputs(*network, 0, 0, 1);
  inputs.areas = {{.id = "isle", .area = {{55.005, -1}, 2'000}}};
  const auto plan = make_plan(*network, inputs);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().message,
            "area \"isle\": no road leads into it or out of it: it covers all of what lies apart "
            "on the network, an island of 2 junctions");
}

TEST(Plan, PageShowsInputsAsTextAndAsksNothingFromElsewhere) {
  Town town;
  town.inputs.title = "<script>alert(1)</script>";
  town.inputs.sites[0].name = "\"><img src=x>";
  const auto plan = make_plan(town.network, town.inputs);
  ASSERT_TRUE(plan.has_value());
  const auto page = plan_page(*plan, town.network, town.inputs, "digest");
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find("http"), std::string::npos);
  EXPECT_NE(page.find("Not for release"), std::string::npos);
  EXPECT_NE(page.find("class=\"gap\""), std::string::npos);
}

}  // namespace
}  // namespace regmark::planning
