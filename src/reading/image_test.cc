#include "reading/image.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

// A plate whose left half is dark and right half light, drawn through a perspective of its own.
Picture drawn(const Corners& corners, int width, int height, std::uint8_t left,
              std::uint8_t right) {
  auto picture = Picture::create(width, height).value();
  const auto to_plate = homography(corners, {{{0, 0}, {1, 0}, {1, 1}, {0, 1}}});
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto at = to_plate.map({static_cast<float>(x), static_cast<float>(y)});
      const bool inside = at.x >= 0 && at.x <= 1 && at.y >= 0 && at.y <= 1;
      if (inside) std::fill_n(picture.at(x, y), 3, at.x < 0.5F ? left : right);
    }
  }
  return picture;
}

std::uint8_t at(const StraightPlate& plate, int x, int y) {
  return plate[static_cast<std::size_t>(y * straight_width + x)];
}

TEST(Straighten, UndoesThePerspective) {
  for (const auto& corners : {
           Corners{{{60, 50}, {260, 80}, {255, 140}, {58, 95}}},
           corners_around(150, 80, 60),   // enlarged
           corners_around(320, 240, 600)  // shrunk first
       }) {
    const auto plate = straighten(drawn(corners, 640, 480, 80, 200), corners, Lines::one);
    EXPECT_NEAR(at(plate, 40, 16), 80, 4);
    EXPECT_NEAR(at(plate, 120, 16), 200, 4);
    // The margins: what is outside is black.
    EXPECT_LT(at(plate, 2, 16), 20);
    EXPECT_LT(at(plate, 157, 16), 20);
    EXPECT_LT(at(plate, 80, 0), 20);
    EXPECT_LT(at(plate, 80, 31), 20);
    // The halves meet in the middle.
    EXPECT_NEAR(at(plate, 75, 16), 80, 8);
    EXPECT_NEAR(at(plate, 85, 16), 200, 8);
  }
}

TEST(Straighten, PutsTwoLinesSideBySide) {
  // Upper line 80, lower line 200: seen as left and right.
  const Corners corners{{{100, 50}, {200, 50}, {200, 130}, {100, 130}}};
  auto picture = Picture::create(300, 200).value();
  for (int y = 50; y < 130; ++y) {
    for (int x = 100; x < 200; ++x) {
      std::fill_n(picture.at(x, y), 3, static_cast<std::uint8_t>(y < 90 ? 80 : 200));
    }
  }
  const auto plate = straighten(picture, corners, Lines::two);
  EXPECT_NEAR(at(plate, 40, 20), 80, 4);
  EXPECT_NEAR(at(plate, 120, 12), 200, 4);
}

TEST(Straighten, ReadsOnWhereThePictureEnds) {
  // Corners far outside, on a line, or all in one place: some plate comes back, and no crash.
  const auto picture = patterned(50, 40);
  for (const auto& corners :
       {corners_around(-5000, -5000, 900), corners_around(1e9F, 1e9F, 50),
        corners_around(25, 20, 4000), Corners{}, Corners{{{0, 0}, {1, 1}, {2, 2}, {3, 3}}}}) {
    for (const auto lines : {Lines::one, Lines::two}) {
      EXPECT_EQ(straighten(picture, corners, lines).size(),
                static_cast<std::size_t>(straight_width) * straight_height);
    }
    const auto input = close_up(picture, corners);
    EXPECT_EQ(shape_of(input.pixels), (std::vector<int>{1, 160, 224, 3}));
    EXPECT_EQ(input.pixels.values.size(), std::size_t{3} * 160 * 224);
  }
}

TEST(DetectorInput, PadsWithGreyAndKeepsTheShape) {
  auto white = Picture::create(600, 140).value();
  std::ranges::fill(white.pixels(), std::uint8_t{255});
  const auto input = detector_input(white, 384);
  EXPECT_EQ(shape_of(input.pixels), (std::vector<int>{1, 128, 384, 3}));
  EXPECT_FLOAT_EQ(input.scale_x, 0.64F);
  EXPECT_FLOAT_EQ(input.scale_y, 90.F / 140.F);
  EXPECT_EQ(input.pixels.values[3 * (384 * 10 + 10)], 255);
  EXPECT_EQ(input.pixels.values[3 * (384 * 89 + 383)], 255);
  EXPECT_EQ(input.pixels.values[3 * 384 * 90], 114);
}

TEST(CloseUp, HasThePlateInItsMiddleAndItsPlaceRight) {
  for (const auto& corners : {corners_around(300, 200, 240), corners_around(300, 200, 60),
                              corners_around(15, 20, 60), corners_around(630, 470, 200)}) {
    auto picture = Picture::create(640, 480).value();
    const auto box = box_around(corners);
    for (int y = 0; y < 480; ++y) {
      for (int x = 0; x < 640; ++x) {
        if (!box.contains({static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F})) continue;
        std::fill_n(picture.at(x, y), 3, std::uint8_t{255});
      }
    }
    const auto input = close_up(picture, corners);
    // From the middle leftwards: white as far as the plate goes (or the picture).
    const auto at = [&](int x, int y) {
      return input.pixels.values[static_cast<std::size_t>(3 * (y * 224 + x))];
    };
    EXPECT_GT(at(112, 80), 252);
    // A place in the input is where it says in the picture.
    const auto left = input.in_picture({{{52, 80}, {172, 80}, {172, 80}, {52, 80}}});
    EXPECT_NEAR(left[0].x, box.left, 2);
    EXPECT_NEAR(left[1].x, box.right, 2);
    if (box.left > 0) {
      EXPECT_GT(at(55, 80), 229);
      EXPECT_LT(at(48, 80), 26);
    } else {
      EXPECT_NEAR(at(55, 80), 114, 2);  // there the picture has ended
    }
  }
}

TEST(DetectorInput, GivesRedFirst) {
  auto red = Picture::create(64, 64).value();
  for (std::size_t at = 0; at < red.pixels().size(); at += 3) red.pixels()[at] = 255;
  const auto input = detector_input(red, 64);
  EXPECT_EQ(input.pixels.values[0], 255);
  EXPECT_EQ(input.pixels.values[1], 0);
  EXPECT_EQ(input.pixels.values[2], 0);
}

Picture plate_of(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  auto picture = Picture::create(200, 100).value();
  for (int y = 40; y < 60; ++y) {
    for (int x = 50; x < 150; ++x) {
      const bool is_stroke = x % 16 < 5;
      const std::uint8_t colour[] = {red, green, blue};
      for (int channel = 0; channel < 3; ++channel) {
        picture.at(x, y)[channel] = is_stroke ? std::uint8_t{20} : colour[channel];
      }
    }
  }
  return picture;
}

TEST(BackgroundOf, TellsWhiteFromYellowOrSaysNothing) {
  struct Case {
    std::uint8_t red, green, blue;
    Background want;
  };
  constexpr Case cases[] = {
      {230, 180, 30, Background::yellow},   {120, 100, 20, Background::yellow},
      {235, 235, 215, Background::white},   {200, 215, 235, Background::white},
      {200, 200, 200, Background::unknown},  // not one coloured pixel: a grey camera
      {60, 90, 200, Background::unknown},    // blue
      {230, 190, 150, Background::unknown},  // white by a street lamp, or pale yellow
  };
  for (const auto& [red, green, blue, want] : cases) {
    EXPECT_EQ(background_of(plate_of(red, green, blue), corners_around(100, 50, 100)), want)
        << int{red} << " " << int{green} << " " << int{blue};
  }
}

TEST(DrawPlate, ChangesThePictureNearThePlateOnly) {
  const auto before = Picture::create(400, 300).value();
  auto after = before;
  draw_plate(after, corners_around(200, 150, 100), {"AB12CDE", "or AB12CDF 0.02"});
  EXPECT_NE(after, before);
  EXPECT_TRUE(std::equal(after.at(0, 250), after.at(399, 250), before.at(0, 250)));
  // Corners and labels that do not fit are drawn as far as they do.
  draw_plate(after, corners_around(-50, -50, 3000),
             {std::string(200, 'W'), "", std::string(9, 'W')}, Ink::faint);
}

}  // namespace
}  // namespace regmark::reading
