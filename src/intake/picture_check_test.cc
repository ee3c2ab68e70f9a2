#include "intake/picture_check.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "intake/picture_testing.h"

namespace regmark::intake {
namespace {

std::string outcome(std::span<const std::uint8_t> bytes) {
  const auto size = check_jpeg(bytes);
  if (!size) return size.error().message;
  return std::to_string(size->width) + "x" + std::to_string(size->height);
}

base::Bytes join(std::initializer_list<base::Bytes> parts) {
  base::Bytes all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST(CheckJpeg, FindsTheSidesWithoutDecoding) {
  EXPECT_EQ(outcome(a_jpeg(640, 480)), "640x480");
  EXPECT_EQ(outcome(a_jpeg(8, 10'000)), "8x10000");
  auto padded = a_jpeg();
  padded.insert(padded.end(), 64, 0);
  EXPECT_EQ(outcome(padded), "640x480");
}

TEST(CheckJpeg, RefusesWhatIsNotTheWholePicture) {
  const base::Bytes start{0xFF, 0xD8};
  const base::Bytes end{0xFF, 0xD9};
  const auto frame = segment(0xC0, {8, 1, 0, 1, 0, 1, 1, 0x11, 0});
  const auto scan = segment(0xDA, {1, 1, 0, 0, 63, 0});
  struct Case {
    base::Bytes bytes;
    std::string want;
  };
  const Case cases[] = {
      {{}, "the picture is no JPEG"},
      {{0xFF}, "the picture is no JPEG"},
      {{0x89, 'P', 'N', 'G', 13, 10, 26, 10}, "the picture is no JPEG"},
      {{'<', 's', 'v', 'g', '>'}, "the picture is no JPEG"},
      {{'M', 'Z', 0, 0, 0xFF, 0xD9}, "the picture is no JPEG"},
      {join({start, frame, scan}), "the picture is cut short"},
      {join({start, frame, scan, {'x'}}), "the picture is cut short"},
      {join({start, end}), "the picture is cut short"},
      {join({start, {0xFF, 0xE0, 0xFF, 0xFF}, end}), "the picture is cut short"},
      {join({start, {0xFF, 0xE0, 0, 1}, end}), "the picture is cut short"},
      {join({start, {0xFF, 0xFF, 0xFF}, end}), "the picture is cut short"},
      {join({start, scan, end}), "the picture has no frame"},
      {join({start, frame, frame, scan, end}), "the picture has two frames"},
      {join({start, segment(0xC0, {8, 1}), scan, end}), "the picture's frame does not read"},
      {join({start, segment(0xC0, {8, 1, 0, 1, 0, 3, 1, 0x11, 0}), scan, end}),
       "the picture's frame does not read"},
      {join({start, segment(0xC0, {12, 1, 0, 1, 0, 1, 1, 0x11, 0}), scan, end}),
       "the picture's frame does not read"},
      // Lossless and arithmetic frames: no page shows them.
      {join({start, segment(0xC3, {8, 1, 0, 1, 0, 1, 1, 0x11, 0}), scan, end}),
       "the picture's frame does not read"},
      {join({start, frame, {'x', 'y', 0, 2}, scan, end}), "the picture is no JPEG"},
      {join({start, frame, {0xFF, 0xD8, 0, 2}, scan, end}), "the picture is no JPEG"},
      {a_jpeg(0, 480), "the picture's sides are out of range"},
      {a_jpeg(640, 7), "the picture's sides are out of range"},
      {a_jpeg(10'001, 480), "the picture's sides are out of range"},
      {a_jpeg(65'535, 65'535), "the picture's sides are out of range"},
      {base::Bytes(200, 0), "the picture is no JPEG"},
      {join({start, {0xFF}, base::Bytes(200, 0)}), "the picture is cut short"},
  };
  for (const auto& [bytes, want] : cases) EXPECT_EQ(outcome(bytes), want);
}

}  // namespace
}  // namespace regmark::intake
