#include "reading/models.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "reading/detector.h"
#include "reading/ranges.h"
#include "reading/read_picture.h"
#include "reading/reader.h"
#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

TEST(Models, AreTheFilesThatStandInTheTree) {
  const auto models = std::filesystem::path(REGMARK_SOURCE_DIR) / "models";
  const auto detector = base::read_file(models / "detector.onnx", 16U << 20U);
  const auto reader = base::read_file(models / "reader.onnx", 16U << 20U);
  ASSERT_TRUE(detector && reader);
  EXPECT_TRUE(std::ranges::equal(detector_model().network, *detector));
  EXPECT_TRUE(std::ranges::equal(reader_model().network, *reader));
}

TEST(Models, NameThemselves) {
  EXPECT_TRUE(reader_version().starts_with("regmark "));
  EXPECT_EQ(reader_version(), reader_version());
}

// New weights need new ranges, or the eight-bit way would silently not be taken.
TEST(Models, HaveTheRangesOfTheirNetworks) {
  for (const auto& model : {detector_model(), reader_model()}) {
    const auto ranges = parse_ranges(model.ranges, model.network);
    ASSERT_TRUE(ranges) << "run regmark-ranges: see docs/reading.md";
    EXPECT_GT(ranges->size(), 10U);
  }
}

TEST(Engine, SaysWhatIsNoNetwork) {
  const auto engine = make_engine();
  const auto model = detector_model().network;
  for (const auto bytes :
       {std::span<const std::uint8_t>(), model.first(100), model.first(model.size() / 2),
        base::as_bytes("this is not a network at all")}) {
    const auto network = engine->load({bytes, {}});
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, ErrorCode::corrupt);
  }
}

TEST(Engine, DoesNotTakeOneNetworkForTheOther) {
  const auto engine = make_engine();
  EXPECT_FALSE(Detector::create(*engine, reader_model()));
  EXPECT_FALSE(Reader::create(*engine, detector_model()));
}

// One network sees pictures of every shape in turn: the last one's must leave nothing behind.
TEST(Engine, GivesTheSameForTheSamePictureWhateverCameBefore) {
  auto detector = Detector::create(*make_engine(), detector_model(), {.score_min = 0});
  ASSERT_TRUE(detector);
  const auto picture = patterned(500, 300);
  const auto first = detector->find(picture);
  ASSERT_TRUE(detector->find(noisy(64, 700, 1)));
  ASSERT_TRUE(detector->find(noisy(900, 100, 2)));
  const auto second = detector->find(picture);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_FALSE(first->empty());
}

}  // namespace
}  // namespace regmark::reading
