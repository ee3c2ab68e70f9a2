#include "base/sealed_box.h"

#include <gtest/gtest.h>

namespace regmark::base {
namespace {

TEST(SealedBox, OpensWithItsOwnSecretOnly) {
  const auto key = new_box_key();
  const auto plain = as_bytes("the ring of keys");
  const auto sealed = seal_box(key.public_key, plain);
  EXPECT_EQ(sealed.size(), plain.size() + box_overhead);
  EXPECT_EQ(as_text(open_box(key, sealed).value()), "the ring of keys");
  EXPECT_EQ(box_key_from_secret(key.secret).public_key, key.public_key);
  EXPECT_EQ(open_box(new_box_key(), sealed).error().code, ErrorCode::corrupt);
}

TEST(SealedBox, TellsEveryChangedByte) {
  const auto key = new_box_key();
  const auto sealed = seal_box(key.public_key, as_bytes("x"));
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    SCOPED_TRACE(at);
    auto changed = sealed;
    changed[at] ^= 1;
    EXPECT_EQ(open_box(key, changed).error().code, ErrorCode::corrupt);
    EXPECT_EQ(open_box(key, std::span(sealed).first(at)).error().code, ErrorCode::corrupt);
  }
}

// RFC 7748, section 6.1: Alice's keys.
TEST(SealedBox, MakesThePublicKeyOfTheStandard) {
  const Key secret = {0x77, 0x07, 0x6d, 0x0a, 0x73, 0x18, 0xa5, 0x7d, 0x3c, 0x16, 0xc1,
                      0x72, 0x51, 0xb2, 0x66, 0x45, 0xdf, 0x4c, 0x2f, 0x87, 0xeb, 0xc0,
                      0x99, 0x2a, 0xb1, 0x77, 0xfb, 0xa5, 0x1d, 0xb9, 0x2c, 0x2a};
  const Key want = {0x85, 0x20, 0xf0, 0x09, 0x89, 0x30, 0xa7, 0x54, 0x74, 0x8b, 0x7d,
                    0xdc, 0xb4, 0x3e, 0xf7, 0x5a, 0x0d, 0xbf, 0x3a, 0x0d, 0x26, 0x38,
                    0x1a, 0xf4, 0xeb, 0xa4, 0xa9, 0x8e, 0xaa, 0x9b, 0x4e, 0x6a};
  EXPECT_EQ(box_key_from_secret(secret).public_key, want);
}

}  // namespace
}  // namespace regmark::base
