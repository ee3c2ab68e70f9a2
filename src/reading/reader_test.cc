#include "reading/reader.h"

#include <gtest/gtest.h>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

using Ways = std::vector<Lines>;

Ways ways_of(float width, float height) {
  return possible_lines({{{0, 0}, {width, 0}, {width, height}, {0, height}}});
}

TEST(PossibleLines, AreBothWhereTheShapeLeavesItOpen) {
  EXPECT_EQ(ways_of(520, 111), Ways{Lines::one});
  EXPECT_EQ(ways_of(285, 203), Ways{Lines::two});
  EXPECT_EQ(ways_of(200, 100), (Ways{Lines::one, Lines::two}));
  EXPECT_EQ(ways_of(300, 100), Ways{Lines::one});
  EXPECT_EQ(ways_of(150, 100), (Ways{Lines::one, Lines::two}));
  EXPECT_EQ(ways_of(10, 100), Ways{Lines::two});
  EXPECT_FALSE(ways_of(0, 0).empty());
}

// Says which grey the middle of its input had: as the character whose class that is.
class GreyNetwork final : public Network {
 public:
  Result<Tensor> run(const Pixels& input) override {
    Tensor output{{1, 40, 38}, std::vector<float>(std::size_t{40} * 38, -20.F)};
    for (std::size_t step = 0; step < 40; ++step) output.values[step * 38] = 0;
    const int grey = input.values[16 * 160 + 80];
    const auto of_class = static_cast<std::size_t>(std::lround(grey / 255. * 36));
    output.values[20 * 38] = -20;
    output.values[20 * 38 + of_class] = 0;
    return output;
  }
};
class GreyEngine final : public InferenceEngine {
 public:
  Result<std::unique_ptr<Network>> load(const Model&) const override {
    return std::make_unique<GreyNetwork>();
  }
};

TEST(Reader, ShowsItsNetworkGreysFromZeroToOne) {
  auto reader = Reader::create(GreyEngine(), {}).value();
  for (const auto& [grey, want] :
       {std::pair{std::uint8_t{255}, "Z"}, {std::uint8_t{14}, "1"}, {std::uint8_t{128}, "H"}}) {
    auto picture = Picture::create(200, 60).value();
    std::ranges::fill(picture.pixels(), grey);
    auto look = reader.look(picture, corners_around(100, 30, 100), Lines::one);
    ASSERT_TRUE(look);
    ASSERT_EQ(look->size(), 1U);
    ASSERT_TRUE(reader.look_wider(picture, corners_around(100, 30, 100), Lines::one, *look));
    ASSERT_EQ(look->size(), 2U);
    EXPECT_EQ(look->front().steps(), 40U);
    EXPECT_EQ(beam_search(look->front(), 4).front().text, want);
  }
}

}  // namespace
}  // namespace regmark::reading
