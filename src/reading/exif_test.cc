#include "reading/exif.h"

#include <gtest/gtest.h>

#include "reading/exif_testing.h"
#include "reading/reading_testing.h"

namespace regmark::reading {
namespace {

std::string size_bytes(std::size_t size, ByteOrder order) {
  TiffWriter out(order);
  out.number(static_cast<std::uint32_t>(size), 4);
  return out.take();
}

// The block inside each format that may hold one.
std::vector<std::string> files_with(const std::string& block) {
  const auto jpeg = encode_jpeg(patterned(8, 8), 90).value();
  const auto body = std::string("Exif\0\0", 6) + block;
  const auto length = size_bytes(body.size() + 2, ByteOrder::big).substr(2);
  return {
      std::string("\xFF\xD8\xFF\xE0\x00\x04xy\xFF\xE1", 10) + length + body,
      std::string("\x89PNG\r\n\x1A\n") + size_bytes(3, ByteOrder::big) + "tEXtabcSUMS" +
          size_bytes(block.size(), ByteOrder::big) + "eXIf" + block,
      std::string("RIFF....WEBP") + "VP8X" + size_bytes(3, ByteOrder::little) + "abc-" + "EXIF" +
          size_bytes(block.size(), ByteOrder::little) + block,
      std::string("RIFF....WEBP") + "EXIF" + size_bytes(body.size(), ByteOrder::little) + body,
  };
}

ExifFacts facts(const std::string& file) {
  return exif_of(base::as_bytes(file));
}

TEST(Exif, IsFoundInEveryFormatAndByteOrder) {
  for (const auto order : {ByteOrder::little, ByteOrder::big}) {
    const auto files = files_with(exif_block({order, 6, "2026:11:22 02:40:04", "+01:00"}));
    for (std::size_t index = 0; index < files.size(); ++index) {
      SCOPED_TRACE(index);
      EXPECT_EQ(facts(files[index]).orientation, 6);
      ASSERT_TRUE(facts(files[index]).taken);
      EXPECT_EQ(base::format_utc(*facts(files[index]).taken), "2026-11-22T01:40:04.000Z");
    }
  }
}

TEST(Exif, BelievesNoTimeWithoutAnOffset) {
  struct Case {
    std::string_view taken, offset;
  };
  constexpr Case cases[] = {{"2026:11:22 02:40:04", ""},
                            {"", "+01:00"},
                            {"2026:13:22 02:40:04", "+01:00"},
                            {"0000:00:00 00:00:00", "+01:00"},
                            {"2026:11:22 02:40:04", "+1:00"}};
  for (const auto& [taken, offset] : cases) {
    const auto files = files_with(exif_block({ByteOrder::little, 3, taken, offset}));
    EXPECT_FALSE(facts(files[0]).taken) << taken << offset;
    EXPECT_EQ(facts(files[0]).orientation, 3);
  }
}

TEST(Exif, TakesAnOrientationThatThereIsNotAsUpright) {
  for (const int orientation : {0, 9, 255}) {
    EXPECT_EQ(facts(files_with(exif_block({.orientation = orientation}))[0]).orientation, 1);
  }
}

// Whatever end is missing, nothing outside is read, and what is left is still believed.
TEST(Exif, BearsACutAtEveryByte) {
  for (const auto& whole :
       files_with(exif_block({.orientation = 5, .taken = "2026:11:22 02:40:04", .offset = "Z"}))) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      // A block of its own, so that a sanitizer sees a step past its end.
      const std::vector<std::uint8_t> cut(whole.begin(),
                                          whole.begin() + static_cast<std::ptrdiff_t>(size));
      const auto orientation = exif_of(cut).orientation;
      EXPECT_TRUE(orientation == 1 || orientation == 5);
    }
  }
}

TEST(Exif, DoesNotGoInCircles) {
  auto block = exif_block({.orientation = 6});
  // The link to the second directory leads back to the first.
  block[8 + 2 + 12 + 8] = 8;
  EXPECT_EQ(facts(files_with(block)[0]).orientation, 6);
}

}  // namespace
}  // namespace regmark::reading
