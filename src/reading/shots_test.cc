#include "reading/shots.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

TEST(Overview, StaysUnderTheNationalCapWhateverItShows) {
  for (const auto& picture : {noisy(1920, 1080, 1), noisy(300, 2000, 2), patterned(1280, 720),
                              Picture::create(3000, 3000).value(), noisy(1, 1, 3)}) {
    const auto jpeg = overview(picture);
    ASSERT_TRUE(jpeg);
    EXPECT_LE(jpeg->size(), overview_size_max);
    const auto back = decode_picture(*jpeg);
    ASSERT_TRUE(back);
    EXPECT_LE(std::max(back->width(), back->height()), overview_side_max);
    // The same shape, but for rounding.
    EXPECT_NEAR(static_cast<double>(back->width()) / back->height(),
                static_cast<double>(picture.width()) / picture.height(),
                0.02 * picture.width() / picture.height() + 0.02);
  }
}

TEST(Overview, IsAsGoodAsTheCapLets) {
  const auto plain = overview(patterned(640, 360));
  ASSERT_TRUE(plain);
  EXPECT_GT(plain->size(), overview_size_max / 2);
}

RC_GTEST_PROP(PlatePatch, StaysUnderTheNationalCaps, ()) {
  static const auto scene = noisy(640, 480, 7);
  const auto any = [](int most) { return static_cast<float>(*rc::gen::inRange(-20, most)); };
  const auto corners = Corners{
      {{any(660), any(500)}, {any(660), any(500)}, {any(660), any(500)}, {any(660), any(500)}}};
  const auto jpeg = plate_patch(scene, corners);
  RC_CLASSIFY(jpeg.has_value(), "inside");
  if (!jpeg) {
    RC_ASSERT(jpeg.error().code == ErrorCode::invalid_input);
    return;
  }
  RC_ASSERT(jpeg->size() <= patch_size_max);
  const auto back = decode_picture(*jpeg).value();
  RC_ASSERT(back.width() <= patch_width_max && back.height() <= patch_height_max);
}

TEST(PlatePatch, ShowsThePlateAndALittleAround) {
  auto scene = Picture::create(400, 300).value();
  for (int y = 140; y < 160; ++y) {
    for (int x = 150; x < 250; ++x) std::fill_n(scene.at(x, y), 3, std::uint8_t{255});
  }
  const auto jpeg = plate_patch(scene, corners_around(200, 150, 100));
  ASSERT_TRUE(jpeg);
  const auto patch = decode_picture(*jpeg).value();
  EXPECT_GT(patch.at(patch.width() / 2, patch.height() / 2)[0], 200);
  EXPECT_LT(patch.at(0, 0)[0], 60);
}

TEST(PlatePatch, RefusesCornersOutsideThePicture) {
  const auto scene = patterned(100, 100);
  const auto patch = plate_patch(scene, corners_around(500, 500, 50));
  ASSERT_FALSE(patch);
  EXPECT_EQ(patch.error().code, ErrorCode::invalid_input);
}

TEST(EncodeWithin, SaysWhenNothingFits) {
  const auto jpeg = encode_within(patterned(64, 64), 100);
  ASSERT_FALSE(jpeg);
  EXPECT_EQ(jpeg.error().code, ErrorCode::limit_exceeded);
}

}  // namespace
}  // namespace regmark::reading
