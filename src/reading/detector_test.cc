#include "reading/detector.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

// The network's output with nothing on it, and a way to put a plate there.
class Output {
 public:
  Output(int rows, int columns) : rows_(rows), columns_(columns) {
    tensor_.shape = {1, 9, rows, columns};
    tensor_.values.assign(static_cast<std::size_t>(9 * rows * columns), 0.F);
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) at(0, row, column) = -10;
    }
  }
  float& at(int channel, int row, int column) {
    return tensor_.values[static_cast<std::size_t>((channel * rows_ + row) * columns_ + column)];
  }
  void put(int row, int column, float logit, const Corners& corners) {
    at(0, row, column) = logit;
    for (int corner = 0; corner < 4; ++corner) {
      const auto& point = corners[static_cast<std::size_t>(corner)];
      at(1 + corner * 2, row, column) = (point.x - (static_cast<float>(column) * 8 + 4)) / 32;
      at(2 + corner * 2, row, column) = (point.y - (static_cast<float>(row) * 8 + 4)) / 32;
    }
  }
  const Tensor& tensor() const { return tensor_; }

 private:
  int rows_, columns_;
  Tensor tensor_;
};

TEST(Peaks, GiveCornersInPixelsOfTheInput) {
  Output output(20, 30);
  const Corners corners{{{50, 70}, {120, 60}, {121, 80}, {51, 92}}};
  output.put(9, 10, 2, corners);
  const auto found = peaks(output.tensor(), 0.3F);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].score, 0.8808, 1e-3);
  for (std::size_t corner = 0; corner < 4; ++corner) {
    EXPECT_LT(distance(found[0].corners[corner], corners[corner]), 1e-3F);
  }
}

TEST(Peaks, AreGreaterThanAllTheirNeighbours) {
  Output output(6, 6);
  const auto corners = corners_around(20, 20, 40);
  output.put(2, 2, 3, corners);
  output.put(2, 3, 2.9F, corners);  // a slope
  output.put(5, 5, 1, corners);     // a corner of the map
  output.put(0, 5, 1, corners);
  output.put(0, 4, 1, corners);   // a plateau of two counts once
  output.put(5, 0, -1, corners);  // below the least score
  const auto found = peaks(output.tensor(), 0.3F);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_GE(found[0].score, found[1].score);
}

TEST(Peaks, AreNeverMoreThanTheirMaximum) {
  Output output(40, 40);
  for (int row = 0; row < 40; row += 2) {
    for (int column = 0; column < 40; column += 2) {
      output.put(row, column, 1, corners_around(100, 100, 50));
    }
  }
  EXPECT_EQ(peaks(output.tensor(), 0.3F).size(), found_max);
}

TEST(Peaks, LeaveOutWhatIsNoNumber) {
  Output output(4, 4);
  output.put(1, 1, 3, {{{NAN, 0}, {1, 0}, {1, 1}, {0, 1}}});
  output.put(3, 3, NAN, corners_around(10, 10, 10));
  EXPECT_TRUE(peaks(output.tensor(), 0.3F).empty());
  EXPECT_TRUE(peaks(Tensor{{1, 5, 2, 2}, std::vector<float>(20)}, 0.3F).empty());
}

bool stand_for_one(const Found& better, const Found& other) {
  const auto box = box_around(better.corners);
  return box.contains(centre_of(other.corners)) || overlap(box, box_around(other.corners)) > 0.3F;
}

// By its definition, without its order of work: each one kept stands alone, and each one dropped
// has a better one kept that it stands for.
RC_GTEST_PROP(Suppress, KeepsTheBestOfEachPlate, ()) {
  std::vector<Found> found;
  const auto count = *rc::gen::inRange(0, 12);
  for (int index = 0; index < count; ++index) {
    const auto x = static_cast<float>(*rc::gen::inRange(0, 200));
    const auto y = static_cast<float>(*rc::gen::inRange(0, 60));
    const auto width = static_cast<float>(*rc::gen::inRange(20, 100));
    // All scores differ, so that "better" has one meaning.
    found.push_back({corners_around(x, y, width), 0.3F + 0.01F * static_cast<float>(index)});
  }
  const auto kept = suppress(found);
  RC_CLASSIFY(kept.size() < found.size(), "something dropped");
  for (std::size_t one = 0; one < kept.size(); ++one) {
    for (std::size_t other = one + 1; other < kept.size(); ++other) {
      RC_ASSERT(kept[one].score >= kept[other].score);
      RC_ASSERT(!stand_for_one(kept[one], kept[other]));
    }
  }
  for (const auto& candidate : found) {
    if (std::ranges::find(kept, candidate) != kept.end()) continue;
    RC_ASSERT(std::ranges::any_of(kept, [&](const Found& better) {
      return better.score > candidate.score && stand_for_one(better, candidate);
    }));
  }
}

// A network that says what it was shown: the mean of each cell, and corners around it.
class MirrorNetwork final : public Network {
 public:
  explicit MirrorNetwork(std::vector<std::vector<int>>& shapes) : shapes_(shapes) {}
  Result<Tensor> run(const Pixels& input) override {
    shapes_.push_back(shape_of(input));
    const int rows = input.height / 8, columns = input.width / 8;
    Output output(rows, columns);
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) {
        // Only a white cell is a plate; what surrounds it is black, and padding is grey.
        const auto pixel =
            static_cast<std::size_t>(3 * ((row * 8 + 4) * input.width + column * 8 + 4));
        if (input.values[pixel] < 230) continue;
        const auto x = static_cast<float>(column) * 8 + 4, y = static_cast<float>(row) * 8 + 4;
        output.put(row, column, 3, corners_around(x, y, 40));
      }
    }
    return output.tensor();
  }

 private:
  std::vector<std::vector<int>>& shapes_;
};
class MirrorEngine final : public InferenceEngine {
 public:
  explicit MirrorEngine(std::vector<std::vector<int>>& shapes) : shapes_(shapes) {}
  Result<std::unique_ptr<Network>> load(const Model&) const override {
    return std::make_unique<MirrorNetwork>(shapes_);
  }

 private:
  std::vector<std::vector<int>>& shapes_;
};

TEST(Detector, LooksAtTwoScalesAndGivesPixelsOfThePicture) {
  std::vector<std::vector<int>> shapes;
  auto detector = Detector::create(MirrorEngine(shapes), {}).value();
  shapes.clear();
  auto picture = Picture::create(1280, 720).value();
  for (int y = 380; y < 420; ++y) {
    for (int x = 880; x < 920; ++x) std::fill_n(picture.at(x, y), 3, std::uint8_t{255});
  }
  const auto found = detector.find(picture);
  ASSERT_TRUE(found);
  ASSERT_FALSE(found->empty());
  std::vector<std::vector<int>> want = {{1, 480, 832, 3}, {1, 192, 320, 3}};
  want.resize(2 + found->size(), {1, 160, 224, 3});  // and again at each
  EXPECT_EQ(shapes, want);
  // Somewhere in the white square: of its cells, all alike, the first counts.
  EXPECT_LT(distance(centre_of(found->front().corners), {900, 400}), 29);
}

TEST(DetectorInputs, AreAHalfWithinBoundsAndAThirdOfThat) {
  struct Case {
    int width, height;
    std::vector<std::vector<int>> want;  // count, height, width, channels
  };
  const Case cases[] = {
      {100, 50, {{1, 192, 384, 3}}},
      {400, 300, {{1, 320, 384, 3}}},
      {500, 375, {{1, 384, 512, 3}, {1, 128, 192, 3}}},
      {600, 450, {{1, 384, 512, 3}, {1, 128, 192, 3}}},
      {641, 500, {{1, 672, 832, 3}, {1, 256, 320, 3}}},
      {1920, 1080, {{1, 480, 832, 3}, {1, 192, 320, 3}}},
      {1080, 1920, {{1, 832, 480, 3}, {1, 320, 192, 3}}},
      {6000, 4000, {{1, 576, 832, 3}, {1, 192, 320, 3}}},
  };
  for (const auto& [width, height, want] : cases) {
    SCOPED_TRACE(width);
    std::vector<std::vector<int>> shapes;
    for (const auto& input : detector_inputs(Picture::create(width, height).value())) {
      shapes.push_back(shape_of(input.pixels));
    }
    EXPECT_EQ(shapes, want);
  }
}

// The third shows the same places as the whole.
TEST(DetectorInputs, KnowWhereTheirPixelsAreFrom) {
  auto picture = Picture::create(1200, 900).value();
  for (int y = 600; y < 660; ++y) {
    for (int x = 300; x < 420; ++x) std::fill_n(picture.at(x, y), 3, std::uint8_t{255});
  }
  const auto inputs = detector_inputs(picture);
  ASSERT_EQ(inputs.size(), 2U);
  for (const auto& input : inputs) {
    int left = 10'000, right = 0;
    for (int x = 0; x < input.pixels.width; ++x) {
      const int row = static_cast<int>(630 * input.scale_y);
      const auto at = static_cast<std::size_t>(3 * (row * input.pixels.width + x));
      if (input.pixels.values[at] < 128 || x > 400) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
    }
    const auto low = static_cast<float>(left), high = static_cast<float>(right);
    const auto corners = input.in_picture({{{low, 0}, {high, 0}, {high, 0}, {low, 0}}});
    EXPECT_NEAR(corners[0].x, 300, 4);
    EXPECT_NEAR(corners[1].x, 420, 4);
  }
}

TEST(Detector, LooksAtASmallPictureOnce) {
  std::vector<std::vector<int>> shapes;
  auto detector = Detector::create(MirrorEngine(shapes), {}).value();
  shapes.clear();
  ASSERT_TRUE(detector.find(Picture::create(440, 200).value()));
  EXPECT_EQ(shapes.size(), 1U);
  ASSERT_TRUE(detector.find(patterned(1, 1)));  // and a picture of one pixel is still one
}

}  // namespace
}  // namespace regmark::reading
