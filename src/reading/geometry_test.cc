#include "reading/geometry.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::reading {
namespace {

bool same_place(Point a, Point b, float within = 0.02F) {
  return distance(a, b) < within;
}

// A square with each corner moved by less than would fold it over.
Corners any_corners() {
  const auto move = [] { return static_cast<float>(*rc::gen::inRange(-30, 31)); };
  return {{{move(), move()},
           {100 + move(), move()},
           {100 + move(), 100 + move()},
           {move(), 100 + move()}}};
}

RC_GTEST_PROP(Homography, TakesEachCornerToItsOwn, ()) {
  const auto from = any_corners(), to = any_corners();
  const auto there = homography(from, to);
  for (std::size_t corner = 0; corner < 4; ++corner) {
    RC_ASSERT(same_place(there.map(from[corner]), to[corner]));
  }
}

RC_GTEST_PROP(Homography, GoesThereAndBack, ()) {
  const auto from = any_corners(), to = any_corners();
  const auto there = homography(from, to), back = homography(to, from);
  const Point point{static_cast<float>(*rc::gen::inRange(30, 70)),
                    static_cast<float>(*rc::gen::inRange(30, 70))};
  RC_ASSERT(same_place(back.map(there.map(point)), point, 0.1F));
}

TEST(Homography, KeepsLinesStraight) {
  const Corners from{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}};
  const Corners to{{{0, 0}, {8, 1}, {9, 9}, {-1, 8}}};
  const auto map = homography(from, to);
  const auto a = map.map({1, 1}), b = map.map({4, 4}), c = map.map({8, 8});
  EXPECT_NEAR((b.x - a.x) * (c.y - a.y), (b.y - a.y) * (c.x - a.x), 1e-3);
}

TEST(Homography, IsTheIdentityWhereThereIsNone) {
  const Corners line{{{0, 0}, {1, 1}, {2, 2}, {3, 3}}};
  const auto map = homography(line, {{{0, 0}, {10, 0}, {10, 10}, {0, 10}}});
  EXPECT_TRUE(same_place(map.map({5, 7}), {5, 7}));
}

TEST(Box, SharesWhatLiesInBoth) {
  struct Case {
    Box a, b;
    float want, want_of_smaller;
  };
  constexpr Case cases[] = {
      {{0, 0, 10, 10}, {0, 0, 10, 10}, 1, 1},
      {{0, 0, 10, 10}, {5, 0, 15, 10}, 1.F / 3, 0.5F},
      {{0, 0, 10, 10}, {10, 0, 20, 10}, 0, 0},  // touching is not sharing
      {{0, 0, 10, 10}, {2, 2, 4, 4}, 0.04F, 1},
      {{0, 0, 0, 0}, {0, 0, 0, 0}, 0, 0},  // nothing covers nothing
  };
  for (const auto& [a, b, want, want_of_smaller] : cases) {
    EXPECT_FLOAT_EQ(overlap(a, b), want);
    EXPECT_FLOAT_EQ(overlap(b, a), want);
    EXPECT_FLOAT_EQ(overlap_of_smaller(a, b), want_of_smaller);
    EXPECT_FLOAT_EQ(overlap_of_smaller(b, a), want_of_smaller);
  }
}

TEST(Corners, HaveABoxACentreAndASize) {
  const Corners corners{{{10, 5}, {50, 15}, {48, 25}, {8, 15}}};
  const auto box = box_around(corners);
  EXPECT_FLOAT_EQ(box.left, 8);
  EXPECT_FLOAT_EQ(box.top, 5);
  EXPECT_FLOAT_EQ(box.right, 50);
  EXPECT_FLOAT_EQ(box.bottom, 25);
  EXPECT_TRUE(same_place(centre_of(corners), {29, 15}));
  EXPECT_NEAR(size_of(corners).width, std::hypot(40, 10), 1e-4);
  EXPECT_NEAR(size_of(corners).height, std::hypot(2, 10), 1e-4);
}

}  // namespace
}  // namespace regmark::reading
