#include "cli/demo/made_up_county.h"

#include <gtest/gtest.h>

#include "planning/json/inputs.h"
#include "planning/read_network.h"
#include "surroundings/csv.h"

namespace regmark::cli {
namespace {

std::vector<MadeUpPlace> places() {
  std::vector<MadeUpPlace> all;
  for (int number = 0; number < 90; ++number) {
    all.push_back({"site-" + std::to_string(number),
                   {52 + 0.017 * (number * 37 % 101), -3 + 0.023 * (number * 53 % 97)}});
  }
  return all;
}

TEST(MadeUpCounty, IsTakenInWithoutAMistake) {
  const auto county = made_up_county(places(), /*seed=*/1);
  EXPECT_GT(surroundings::read_population(county.population).value().size(), 9'000U);
  const auto counts = surroundings::read_traffic(county.traffic).value().size();
  EXPECT_GT(counts, 60U);
  EXPECT_LT(counts, 90U);  // nobody counted everywhere
  EXPECT_GT(surroundings::read_settlements(county.settlements).value().size(), 20U);
  EXPECT_GT(surroundings::read_crime(county.crime).value().size(), 400U);
  EXPECT_EQ(surroundings::read_points(county.points).value().size(), 24U);
  const auto network = planning::read_network(county.roads);
  ASSERT_TRUE(network) << network.error().message;
  EXPECT_EQ(network->island_sizes().size(), 1U);
  for (const auto& place : places()) {
    EXPECT_TRUE(network->nearest_junction(place.position, 1)) << place.id;
  }
  const auto inputs = planning::read_inputs(county.plan);
  ASSERT_TRUE(inputs) << inputs.error().message;
  EXPECT_GE(inputs->corridors.size(), 2U);
}

TEST(MadeUpCounty, IsTheSameForTheSameSeed) {
  const auto one = made_up_county(places(), /*seed=*/7);
  const auto same = made_up_county(places(), /*seed=*/7);
  EXPECT_EQ(one.population, same.population);
  EXPECT_EQ(one.crime, same.crime);
  EXPECT_EQ(one.points, same.points);
  EXPECT_EQ(one.roads, same.roads);
  EXPECT_NE(one.population, made_up_county(places(), /*seed=*/8).population);
}

}  // namespace
}  // namespace regmark::cli
