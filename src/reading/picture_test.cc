#include "reading/picture.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>

#include "reading/exif_testing.h"
#include "reading/ffmpeg/still_testing.h"
#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

std::string outcome(const Result<Picture>& picture) {
  return picture ? std::to_string(picture->width()) + "x" + std::to_string(picture->height())
                 : name(picture.error().code);
}

int worst_difference(const Picture& a, const Picture& b) {
  int worst = 0;
  for (std::size_t at = 0; at < a.pixels().size(); ++at) {
    worst = std::max(worst, std::abs(a.pixels()[at] - b.pixels()[at]));
  }
  return worst;
}

// Smooth enough for formats that lose a little.
Picture smooth(int width, int height) {
  auto picture = patterned(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) picture.at(x, y)[2] = 128;
  }
  return picture;
}

TEST(Picture, HasBounds) {
  EXPECT_EQ(outcome(Picture::create(1, 1)), "1x1");
  EXPECT_EQ(outcome(Picture::create(0, 5)), "invalid_input");
  EXPECT_EQ(outcome(Picture::create(5, -1)), "invalid_input");
  EXPECT_EQ(outcome(Picture::create(picture_side_max + 1, 1)), "limit_exceeded");
  EXPECT_EQ(outcome(Picture::create(10'000, 10'001)), "limit_exceeded");
  EXPECT_EQ(outcome(Picture::create(65'000, 65'000)), "limit_exceeded");
  EXPECT_EQ(outcome(Picture::create(10, 10, 99)), "limit_exceeded");
}

TEST(DecodePicture, ReadsFormatsThatLoseNothingExactly) {
  const auto picture = patterned(37, 23);  // odd sides: rows that need padding
  struct Case {
    const char* encoder;
    AVPixelFormat format;
  };
  constexpr Case cases[] = {{"png", AV_PIX_FMT_RGB24},   {"png", AV_PIX_FMT_RGBA},
                            {"png", AV_PIX_FMT_RGB48BE}, {"bmp", AV_PIX_FMT_BGR24},
                            {"bmp", AV_PIX_FMT_BGRA},    {"libwebp", AV_PIX_FMT_BGRA}};
  for (const auto& [encoder, format] : cases) {
    SCOPED_TRACE(std::string(encoder) + " " + std::to_string(format));
    const auto decoded = decode_picture(ffmpeg::encode_still(encoder, format, picture));
    ASSERT_EQ(outcome(decoded), "37x23");
    // WebP stores this arrangement exactly only when asked to: it may lose a little.
    const bool may_lose = std::string_view(encoder) == "libwebp";
    if (!may_lose) {
      EXPECT_LE(worst_difference(*decoded, picture), 1);
    }
  }
}

TEST(DecodePicture, ReadsFormatsThatLoseALittle) {
  const auto picture = smooth(64, 48);
  for (const auto& file : {encode_jpeg(picture, 95).value(),
                           ffmpeg::encode_still("libwebp", AV_PIX_FMT_YUV420P, picture)}) {
    const auto decoded = decode_picture(file);
    ASSERT_EQ(outcome(decoded), "64x48");
    EXPECT_LT(worst_difference(*decoded, picture), 30);
  }
}

TEST(DecodePicture, ReadsGreyAsThreeLikeChannels) {
  const auto file = ffmpeg::encode_still("png", AV_PIX_FMT_GRAY8, patterned(9, 9));
  const auto decoded = decode_picture(file);
  ASSERT_EQ(outcome(decoded), "9x9");
  for (int x = 0; x < 9; ++x) {
    EXPECT_EQ(decoded->at(x, 4)[0], decoded->at(x, 4)[1]);
    EXPECT_EQ(decoded->at(x, 4)[0], decoded->at(x, 4)[2]);
  }
}

TEST(DecodePicture, TellsWhatIsNoPicture) {
  for (const std::string_view text : {"", "hello", "GIF89a..........", "%PDF-1.7", "\xFF\xD8"}) {
    const auto decoded = decode_picture(base::as_bytes(text));
    ASSERT_EQ(outcome(decoded), "invalid_input");
    EXPECT_EQ(decoded.error().message, "not a picture: no JPEG, PNG, WebP or BMP");
  }
}

TEST(DecodePicture, TellsWhatIsDamaged) {
  using namespace std::string_literals;
  for (const auto& text : {"\xFF\xD8\xFF\xE0 no more"s, "\x89PNG\r\n\x1A\n no more"s,
                           "RIFF\4\0\0\0WEBPVP8 "s, "BM"s}) {
    const auto decoded = decode_picture(base::as_bytes(text));
    ASSERT_EQ(outcome(decoded), "invalid_input");
    EXPECT_NE(decoded.error().message.find("cannot be read"), std::string::npos);
  }
}

TEST(DecodePicture, RefusesMorePixelsThanItMayTake) {
  const auto picture = patterned(40, 30);
  for (const auto& file :
       {encode_jpeg(picture, 90).value(), ffmpeg::encode_still("png", AV_PIX_FMT_RGB24, picture),
        ffmpeg::encode_still("bmp", AV_PIX_FMT_BGR24, picture),
        ffmpeg::encode_still("libwebp", AV_PIX_FMT_BGRA, picture),
        ffmpeg::encode_still("libwebp", AV_PIX_FMT_YUV420P, picture)}) {
    EXPECT_EQ(outcome(decode_picture(file, 1'200)), "40x30");
    EXPECT_EQ(outcome(decode_picture(file, 1'199)), "limit_exceeded");
  }
}

TEST(DecodePicture, RefusesAFileThatOnlyClaimsToBeHuge) {
  auto file = ffmpeg::encode_still("png", AV_PIX_FMT_RGB24, patterned(8, 8));
  file[16] = 0x00, file[17] = 0x01, file[20] = 0x00, file[21] = 0x01;  // 65,544 a side
  EXPECT_EQ(outcome(decode_picture(file)), "limit_exceeded");
}

TEST(DecodePicture, RefusesMoreBytesThanItMayTake) {
  std::vector<std::uint8_t> file(picture_file_max + 1, 0);
  file[0] = 0xFF, file[1] = 0xD8, file[2] = 0xFF;
  EXPECT_EQ(outcome(decode_picture(file)), "limit_exceeded");
}

// What is missing of a picture may have shown a plate.
TEST(DecodePicture, RefusesAFileThatIsCutShort) {
  const auto picture = noisy(64, 64, 1);
  struct Case {
    const char* what;
    base::Bytes file;
  };
  const Case cases[] = {
      {"JPEG", encode_jpeg(picture, 90).value()},
      {"PNG", ffmpeg::encode_still("png", AV_PIX_FMT_RGB24, picture)},
      {"BMP", ffmpeg::encode_still("bmp", AV_PIX_FMT_BGR24, picture)},
      {"WebP", ffmpeg::encode_still("libwebp", AV_PIX_FMT_YUV420P, picture)},
      {"lossless WebP", ffmpeg::encode_still("libwebp", AV_PIX_FMT_BGRA, picture)}};
  for (const auto& [what, whole] : cases) {
    ASSERT_EQ(outcome(decode_picture(whole)), "64x64") << what;
    for (const double share : {0.3, 0.6, 0.95}) {
      SCOPED_TRACE(std::string(what) + " " + std::to_string(share));
      auto file = whole;
      file.resize(static_cast<std::size_t>(share * static_cast<double>(whole.size())));
      EXPECT_EQ(outcome(decode_picture(file)), "invalid_input");
    }
  }
}

// A byte that turned over in the middle leaves the rest of a scan out of step.
TEST(DecodePicture, RefusesAJpegThatIsDamagedInside) {
  auto file = encode_jpeg(noisy(64, 64, 1), 90).value();
  const auto middle = file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2);
  std::fill(middle, middle + 40, std::uint8_t{0});
  EXPECT_EQ(outcome(decode_picture(file)), "invalid_input");
}

base::Bytes with_stray_bytes(base::Bytes jpeg, std::size_t from_the_end, const base::Bytes& stray) {
  jpeg.insert(jpeg.end() - static_cast<std::ptrdiff_t>(from_the_end), stray.begin(), stray.end());
  return jpeg;
}

TEST(DecodePicture, TakesAJpegWithStrayBytesAroundItsEnd) {
  const auto jpeg = encode_jpeg(smooth(64, 48), 90).value();
  const auto plain = decode_picture(jpeg).value();
  const base::Bytes stray{0, 0, 0, 0};
  for (const std::size_t from_the_end : {0U, 2U}) {
    const auto decoded = decode_picture(with_stray_bytes(jpeg, from_the_end, stray));
    ASSERT_EQ(outcome(decoded), "64x48") << from_the_end;
    EXPECT_EQ(*decoded, plain);
  }
  // So many are what damage left of a scan.
  EXPECT_EQ(outcome(decode_picture(with_stray_bytes(jpeg, 2, base::Bytes(40, 0)))),
            "invalid_input");
}

TEST(DecodePicture, TakesAJpegOfAnUnknownVersionButNotHalfOfOne) {
  auto jpeg = encode_jpeg(smooth(64, 48), 90).value();
  const auto jfif = base::as_text(jpeg).find("JFIF");
  ASSERT_NE(jfif, std::string_view::npos);
  jpeg[jfif + 5] = 9;  // the major version, which is 1
  EXPECT_EQ(outcome(decode_picture(jpeg)), "64x48");
  // The library tells its first warning only: that of the version.
  jpeg.resize(jpeg.size() * 3 / 4);
  EXPECT_EQ(outcome(decode_picture(jpeg)), "invalid_input");
}

// Cut or changed anywhere, a file never does worse than fail.
RC_GTEST_PROP(DecodePicture, BearsDamage, ()) {
  static const auto picture = patterned(24, 16);
  static const std::vector<base::Bytes> files = {
      encode_jpeg(picture, 80).value(), ffmpeg::encode_still("png", AV_PIX_FMT_RGB24, picture),
      ffmpeg::encode_still("bmp", AV_PIX_FMT_BGR24, picture),
      ffmpeg::encode_still("libwebp", AV_PIX_FMT_YUV420P, picture)};
  auto file = *rc::gen::elementOf(files);
  const auto changes = *rc::gen::inRange(0, 4);
  for (int change = 0; change < changes; ++change) {
    file[*rc::gen::inRange<std::size_t>(0, file.size())] = *rc::gen::arbitrary<std::uint8_t>();
  }
  file.resize(*rc::gen::inRange<std::size_t>(0, file.size() + 1));
  const auto decoded = decode_picture(file, 1'000'000);
  RC_CLASSIFY(decoded.has_value(), "still a picture");
  if (decoded) RC_ASSERT(decoded->pixels().size() > 0);
}

// What EXIF says of each orientation: where the stored row 0 and column 0 are when upright.
TEST(Upright, TurnsEachOrientationAsExifSays) {
  struct Case {
    int orientation;
    int x, y;            // where the stored top left pixel goes, as a share of the sides
    int next_x, next_y;  // and where the one to its right lies from there
  };
  constexpr Case cases[] = {{1, 0, 0, 1, 0}, {2, 1, 0, -1, 0}, {3, 1, 1, -1, 0}, {4, 0, 1, 1, 0},
                            {5, 0, 0, 0, 1}, {6, 1, 0, 0, 1},  {7, 1, 1, 0, -1}, {8, 0, 1, 0, -1}};
  const auto stored = patterned(7, 5);
  const auto same = [](const std::uint8_t* a, const std::uint8_t* b) {
    return std::equal(a, a + 3, b);
  };
  for (const auto& [orientation, x, y, next_x, next_y] : cases) {
    SCOPED_TRACE(orientation);
    const auto turned = upright(stored, orientation);
    EXPECT_EQ(turned.width(), orientation > 4 ? 5 : 7);
    const int left = x * (turned.width() - 1), top = y * (turned.height() - 1);
    EXPECT_TRUE(same(turned.at(left, top), stored.at(0, 0)));
    EXPECT_TRUE(same(turned.at(left + next_x, top + next_y), stored.at(1, 0)));
  }
  EXPECT_EQ(upright(stored, 0), stored);
  EXPECT_EQ(upright(stored, 9), stored);
}

TEST(DecodePicture, TurnsWhatItsExifPartSaysLiesOnItsSide) {
  const auto jpeg = encode_jpeg(smooth(40, 20), 95).value();
  const auto decoded = decode_picture(with_exif(jpeg, {.orientation = 6}));
  ASSERT_EQ(outcome(decoded), "20x40");
  EXPECT_EQ(*decoded, upright(decode_picture(jpeg).value(), 6));
}

}  // namespace
}  // namespace regmark::reading
