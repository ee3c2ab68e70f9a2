#include "reading/ranges.h"

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace regmark::reading {
namespace {

const auto network = base::as_bytes("a network");

TEST(Ranges, ReadBackAsWritten) {
  const Ranges ranges = {{"/a/Relu output 0", {0, 12.5F}}, {"b", {-3, 4e-7F}}};
  const auto read = parse_ranges(text_of(ranges, network), network);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, ranges);
}

TEST(Ranges, RefuseWhatTheyCannotBe) {
  const auto head = text_of({}, network);
  EXPECT_TRUE(parse_ranges(head, network));
  EXPECT_FALSE(parse_ranges("", network));
  EXPECT_FALSE(parse_ranges(text_of({}, base::as_bytes("another")), network));
  for (const std::string line : {"1 2", "1 x name", "2 1 name", "nan 1 name", "1 inf name", "1"}) {
    const auto read = parse_ranges(head + line + "\n", network);
    ASSERT_FALSE(read) << line;
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
  }
  const auto long_text = parse_ranges(head + std::string(ranges_size_max, ' '), network);
  ASSERT_FALSE(long_text);
  EXPECT_EQ(long_text.error().code, ErrorCode::limit_exceeded);
}

}  // namespace
}  // namespace regmark::reading
