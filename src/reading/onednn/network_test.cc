// oneDNN's networks against OpenCV's: two implementations that share no line. ctest runs these
// again with older processors' instructions alone: see CMakeLists.txt.
#include "reading/onednn/network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/files.h"
#include "reading/image.h"
#include "reading/models.h"
#include "reading/onednn/small_networks_testing.h"
#include "reading/onednn/trial.h"
#include "reading/onnx_testing.h"
#include "reading/reading_testing.h"

namespace regmark::reading::onednn {
namespace {

using onnx::integers_attribute;
using onnx::Message;
using onnx::Writer;

Pixels pixels_of(int count, int height, int width, int channels, std::uint32_t seed = 1) {
  Pixels made{count, height, width, channels, {}};
  made.values.resize(static_cast<std::size_t>(count * height * width * channels));
  std::mt19937 random(seed);
  for (std::size_t at = 0; at < made.values.size(); ++at) {
    made.values[at] = static_cast<std::uint8_t>(at / 50 % 200 + random() % 56);
  }
  return made;
}

double apart(const Tensor& one, const Tensor& other) {
  double most = 0;
  for (std::size_t at = 0; at < one.values.size(); ++at) {
    const double gap = std::abs(one.values[at] - other.values[at]);
    if (!(gap <= most)) most = gap;
  }
  return most;
}

double size_of(const Tensor& tensor) {
  double most = 0;
  for (const float value : tensor.values) most = std::max(most, std::abs(double{value}));
  return most;
}

TEST(Networks, ComputeWhatTheReferenceDoes) {
  const auto pixels = pixels_of(1, 16, 24, 3);
  for (const auto& [name, writer] : small_networks()) {
    SCOPED_TRACE(name);
    const auto file = writer.file({1, 3, 16, 24});
    const auto reference = make_opencv_engine()->load({file, {}});
    const auto ours = make_engine(Precision::fp32)->load({file, {}});
    EXPECT_TRUE(reference);
    EXPECT_TRUE(ours);
    if (!reference || !ours) continue;
    const auto want = (*reference)->run(pixels), got = (*ours)->run(pixels);
    ASSERT_TRUE(want && got);
    EXPECT_EQ(want->shape, got->shape);
    EXPECT_LT(apart(*want, *got), 1e-4);
    EXPECT_GT(size_of(*want), 0.1);
  }
}

// The reference does not take bounds that are inputs, as newer files write them.
TEST(Networks, ClipByBoundsOfEitherForm) {
  const auto pixels = pixels_of(1, 16, 24, 3);
  const auto with_inputs = Writer()
                               .convolution("a", "in", {16, 3, 3, 3})
                               .constant("low", {}, {0})
                               .constant("high", {}, {0.5F})
                               .node("Clip", "b", {"a", "low", "high"});
  const auto with_attributes = Writer()
                                   .convolution("a", "in", {16, 3, 3, 3})
                                   .node("Clip", "b", {"a"},
                                         {Message().bytes(1, "min").one_float(2, 0),
                                          Message().bytes(1, "max").one_float(2, 0.5F)});
  const auto engine = make_engine(Precision::fp32);
  const auto one = engine->load({with_inputs.file({1, 3, 16, 24}), {}}).value()->run(pixels);
  const auto other = engine->load({with_attributes.file({1, 3, 16, 24}), {}}).value()->run(pixels);
  EXPECT_EQ(one.value().values, other.value().values);
  EXPECT_FLOAT_EQ(static_cast<float>(size_of(*one)), 0.5F);
}

TEST(Networks, ComputeNearlyTheSameInEightBits) {
  const auto pixels = pixels_of(1, 16, 24, 3);
  for (const auto& [name, writer] : small_networks()) {
    SCOPED_TRACE(name);
    const auto file = writer.file({1, 3, 16, 24});
    const auto ranges = measure_ranges(file, std::span(&pixels, 1));
    ASSERT_TRUE(ranges);
    const auto text = text_of(*ranges, file);
    const auto exact = make_engine(Precision::fp32)->load({file, {}});
    const auto ours = make_engine(Precision::int8)->load({file, text});
    ASSERT_TRUE(exact && ours);
    const auto want = (*exact)->run(pixels), got = (*ours)->run(pixels);
    ASSERT_TRUE(want && got);
    EXPECT_EQ(want->shape, got->shape);
    EXPECT_LT(apart(*want, *got), 0.04 * size_of(*want));
  }
}

// Pictures in one batch are read as each alone.
TEST(Networks, TakeSeveralPicturesAtOnce) {
  const auto engine = make_engine();
  for (const auto& [model, height, width, channels] :
       {std::tuple{detector_model(), 64, 96, 3}, std::tuple{reader_model(), 32, 160, 1}}) {
    auto network = engine->load(model).value();
    const auto both = pixels_of(2, height, width, channels);
    const auto half = both.values.size() / 2;
    const auto got = network->run(both);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->shape[0], 2);
    for (const std::size_t which : {0U, 1U}) {
      const auto begin = both.values.begin() + static_cast<std::ptrdiff_t>(which * half);
      const Pixels one{
          1, height, width, channels, {begin, begin + static_cast<std::ptrdiff_t>(half)}};
      const auto alone = network->run(one);
      ASSERT_TRUE(alone);
      const auto size = alone->values.size();
      for (std::size_t at = 0; at < size; ++at) {
        ASSERT_NEAR(alone->values[at], got->values[which * size + at], 1e-4);
      }
    }
  }
}

std::vector<std::pair<Model, Pixels>> real_inputs() {
  std::vector<std::pair<Model, Pixels>> inputs;
  const auto file = base::read_file(testdata / "pictures" / "street_01.jpg", picture_file_max);
  const auto picture = decode_picture(file.value()).value();
  inputs.emplace_back(detector_model(), detector_input(picture, 384).pixels);
  const auto corners = corners_around(480, 381, 95);
  inputs.emplace_back(detector_model(), close_up(picture, corners).pixels);
  inputs.emplace_back(reader_model(), Pixels{1, straight_height, straight_width, 1,
                                             straighten(picture, corners, Lines::one)});
  return inputs;
}

TEST(Networks, AreOursWithinAThousandthOfTheReference) {
  for (const auto& [model, pixels] : real_inputs()) {
    const auto want = make_opencv_engine()->load(model).value()->run(pixels);
    const auto got = make_engine(Precision::fp32)->load(model).value()->run(pixels);
    ASSERT_TRUE(want && got);
    EXPECT_EQ(want->shape, got->shape);
    EXPECT_LT(apart(*want, *got), 1e-3);
  }
}

TEST(Networks, AreOursNearlyInEightBits) {
  for (const auto& [model, pixels] : real_inputs()) {
    const auto want = make_engine(Precision::fp32)->load(model).value()->run(pixels);
    const auto got = make_engine(Precision::int8)->load(model).value()->run(pixels);
    ASSERT_TRUE(want && got);
    double gaps = 0, all = 0;
    for (std::size_t at = 0; at < want->values.size(); ++at) {
      gaps += std::pow(want->values[at] - got->values[at], 2);
      all += std::pow(want->values[at], 2);
    }
    EXPECT_LT(std::sqrt(gaps / all), 0.05);
  }
}

// The library falls back without a word to a way that is a hundred times slower.
TEST(Networks, NeverTakeTheSlowWay) {
  for (const auto precision : {Precision::fp32, Precision::int8}) {
    for (const auto& [model, pixels] : real_inputs()) {
      auto network = make_engine(precision)->load(model).value();
      ASSERT_TRUE(network->run(pixels));
      const auto ways = dynamic_cast<const OnednnNetwork&>(*network).ways();
      EXPECT_GT(ways.size(), 10U);
      for (const auto& way : ways) EXPECT_FALSE(way.starts_with("ref")) << way;
    }
  }
}

TEST(Networks, RefusePixelsTheyCannotTake) {
  auto network = make_engine()->load(detector_model()).value();
  for (const auto& pixels :
       {pixels_of(1, 64, 64, 1), pixels_of(0, 64, 64, 3), Pixels{1, 64, 64, 3, {}},
        Pixels{1, 60'000, 60'000, 3, {}}, Pixels{1, -8, 8, 3, {}}}) {
    const auto got = network->run(pixels);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, ErrorCode::invalid_input);
  }
  EXPECT_FALSE(network->run(pixels_of(1, 40, 40, 3)));  // halves would not fit together again
  EXPECT_TRUE(network->run(pixels_of(1, 64, 64, 3)));
}

// More sizes than are kept: the first one is planned again, and gives the same.
TEST(Networks, ForgetSizesAndGiveTheSameAgain) {
  auto network = make_engine()->load(detector_model()).value();
  const auto pixels = pixels_of(1, 32, 32, 3);
  const auto first = network->run(pixels).value();
  for (int side = 2; side < static_cast<int>(plans_max) + 4; ++side) {
    ASSERT_TRUE(network->run(pixels_of(1, 32 * side, 32, 3)));
  }
  EXPECT_EQ(network->run(pixels).value().values, first.values);
}

TEST(Precision, IsCappedByTheSetting) {
  EXPECT_EQ(precision_allowed(nullptr).value(), Precision::int8);
  EXPECT_EQ(precision_allowed("int8").value(), Precision::int8);
  EXPECT_EQ(precision_allowed("fp32").value(), Precision::fp32);
  EXPECT_FALSE(precision_allowed("fast"));
}

TEST(Precision, IsExactWhereItIsUsed) {
  if (has_eight_bit_sums()) {
    EXPECT_TRUE(eight_bit_sums_are_exact());
    EXPECT_EQ(precision_of_processor(), Precision::int8);
  } else {
    EXPECT_EQ(precision_of_processor(), Precision::fp32);
  }
}

TEST(Layers, RefuseWhatTheyDoNotKnow) {
  const Writer cases[] = {
      Writer().node("LSTM", "out", {"in"}),
      Writer().node("Relu", "out", {"nowhere"}),
      Writer().node("MaxPool", "out", {"in"}, {integers_attribute("kernel_shape", {2})}),
      Writer().node("Conv", "out", {"in", "in"}),
      Writer().constant("by", {4}, {1, 1, 1.5F, 1.5F}).node("Resize", "out", {"in", "", "by"}),
      Writer().node("Reshape", "out", {"in"}),
      Writer().convolution("out", "in", {6, 3, 3, 3}, 1, 4),
  };
  for (const auto& writer : cases) {
    const auto network = make_engine()->load({writer.file({1, 3, 8, 8}), {}});
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, ErrorCode::corrupt);
  }
}

}  // namespace
}  // namespace regmark::reading::onednn
