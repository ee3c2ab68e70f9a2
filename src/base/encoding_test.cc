#include "base/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regmark::base {
namespace {

RC_GTEST_PROP(Encoding, ReadsBackWhatItWrote, (const std::vector<std::uint8_t>& bytes)) {
  RC_ASSERT(from_hex(to_hex(bytes)).value() == bytes);
  RC_ASSERT(from_base64(to_base64(bytes)).value() == bytes);
}

TEST(Encoding, FollowsRfc4648) {
  EXPECT_EQ(to_base64(as_bytes("foob")), "Zm9vYg==");
  EXPECT_EQ(to_base64_url(as_bytes("\xfb\xff")), "-_8");
  EXPECT_EQ(to_hex(as_bytes("\x01\xaf")), "01af");
}

TEST(Encoding, NothingIsTheEmptyText) {
  EXPECT_EQ(to_hex({}), "");
  EXPECT_EQ(from_hex("").value(), Bytes{});
  EXPECT_EQ(from_base64("").value(), Bytes{});
  EXPECT_EQ(from_base64_url("").value(), Bytes{});
}

TEST(Encoding, ReadsBase64UrlAsItWouldWriteIt) {
  EXPECT_EQ(from_base64_url("-_8").value(), (Bytes{0xfb, 0xff}));
  for (const auto* text : {"-_9", "-_8=", "+/8", "-_8\n", "-", "Zm9\x80"}) {
    EXPECT_FALSE(from_base64_url(text)) << text;
  }
}

TEST(Encoding, RefusesWhatItWouldNotWrite) {
  for (const auto* text : {"abc", "zz", "0x"}) EXPECT_FALSE(from_hex(text)) << text;
  for (const auto* text : {"Zm9vYg", "Zm9vY===", "Zm9v\n", "*", "Zm9\x80"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

}  // namespace
}  // namespace regmark::base
