#include "planning/nearest.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace regmark::planning {
namespace {

using base::Position;

std::size_t nearest_by_hand(const std::vector<Position>& places, const Position& point) {
  const auto found = std::ranges::min_element(
      places, {}, [&](const Position& place) { return base::distance_m(place, point); });
  return static_cast<std::size_t>(found - places.begin());
}

TEST(Nearest, TakesTheFirstOfThoseAsNear) {
  const std::vector<Position> places{{54, -2}, {54, -2}, {54.2, -2}};
  EXPECT_EQ(Nearest(places).to({54, -2}), 0U);
  EXPECT_EQ(Nearest(places).to({54.19, -2}), 2U);
  EXPECT_EQ(Nearest({{54, -2}}).to({10, 10}), 0U);
}

// A county's junctions and the cells of its grid: each with each would be 2 * 10^10 ways.
TEST(Nearest, MeasuresNotTheWayToEach) {
  std::vector<Position> places;
  constexpr int side = 300;
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      places.push_back({54 + row * 0.001, -2 + column * 0.001});
    }
  }
  const Nearest nearest(places);
  for (std::size_t i = 0; i < 200'000; ++i) {
    const auto& place = places[i % places.size()];
    ASSERT_EQ(nearest.to({place.latitude + 0.0003, place.longitude - 0.0003}), i % places.size());
  }
}

// Bins are a shortcut: they must find what measuring the way to each finds.
RC_GTEST_PROP(Nearest, FindsWhatMeasuringEachFinds, ()) {
  const auto degrees = [](int first, int last) {
    return rc::gen::map(rc::gen::inRange(first, last), [](int n) { return n / 1000.0; });
  };
  // In a corner of the map, or along a line; anywhere from the sea to the far north.
  const auto south = *rc::gen::inRange(-60, 80);
  const auto wide = *rc::gen::element(1, 300, 3'000);
  const auto place = rc::gen::construct<Position>(degrees(south * 1'000, south * 1'000 + 900),
                                                  degrees(-2'000, -2'000 + wide));
  const auto places = *rc::gen::nonEmpty(rc::gen::container<std::vector<Position>>(place));
  const auto point = *rc::gen::oneOf(
      place, rc::gen::construct<Position>(degrees(-89'000, 89'000), degrees(-90'000, 90'000)));
  const auto found = Nearest(places).to(point);
  RC_CLASSIFY(places.size() > 20, "several bins");
  RC_ASSERT(found == nearest_by_hand(places, point));
}

}  // namespace
}  // namespace regmark::planning
