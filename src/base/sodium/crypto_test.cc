#include "base/crypto.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace regmark::base {
namespace {

TEST(Crypto, Sha256GivesThePublishedDigest) {
  // FIPS 180-4, the example for "abc".
  const auto* want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), want);
  EXPECT_EQ(to_hex(sha256({as_bytes("a"), as_bytes("bc")})), want);
}

TEST(Crypto, Ed25519GivesThePublishedSignature) {
  // RFC 8032, section 7.1, test 1: an empty message.
  std::array<std::uint8_t, 32> seed;
  const auto bytes =
      from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").value();
  std::copy(bytes.begin(), bytes.end(), seed.begin());
  const auto key = signing_key_from_seed(seed);
  EXPECT_EQ(to_hex(key.public_key),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const auto signature = sign(key, {});
  EXPECT_EQ(to_hex(signature).substr(0, 32), "e5564300c360ac729086e2cc806e828a");
  EXPECT_TRUE(verify(key.public_key, {}, signature));
  EXPECT_FALSE(verify(key.public_key, as_bytes("x"), signature));
}

TEST(Crypto, SealedBytesOpenOnlyWithTheirKeyAndContext) {
  const Key key = random_bytes<32>();
  auto sealed = seal(key, as_bytes("a picture"), "slice 2026-11-22");
  EXPECT_EQ(as_text(unseal(key, sealed, "slice 2026-11-22").value()), "a picture");
  EXPECT_EQ(unseal(key, sealed, "slice 2026-11-23").error().code, ErrorCode::corrupt);
  EXPECT_EQ(unseal(random_bytes<32>(), sealed, "slice 2026-11-22").error().code,
            ErrorCode::corrupt);
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    sealed[at] ^= 1;
    EXPECT_FALSE(unseal(key, sealed, "slice 2026-11-22")) << "byte " << at;
    sealed[at] ^= 1;
  }
  EXPECT_FALSE(unseal(key, {}, ""));
}

TEST(Crypto, ShortHashGivesThePublishedValue) {
  // The paper's appendix A: key 00 01 .. 0f, message 00 01 .. 0e.
  ShortKey key;
  std::array<std::uint8_t, 15> message;
  for (std::size_t at = 0; at < key.size(); ++at) key[at] = static_cast<std::uint8_t>(at);
  for (std::size_t at = 0; at < message.size(); ++at) message[at] = static_cast<std::uint8_t>(at);
  EXPECT_EQ(short_hash(key, message), 0xa129ca6149be45e5U);
}

TEST(Crypto, TheKeystreamComesOffWithItsKeyAndNonceOnly) {
  const Key key = random_bytes<32>();
  const auto nonce = random_bytes<24>();
  const Bytes plain(100, 7);
  Bytes bytes = plain;
  add_keystream(key, nonce, bytes);
  Bytes other = bytes;
  add_keystream(key, random_bytes<24>(), other);
  EXPECT_NE(bytes, plain);
  EXPECT_NE(other, plain);
  add_keystream(key, nonce, bytes);
  EXPECT_EQ(bytes, plain);
}

TEST(Crypto, PasswordsMatchOnlyThemselves) {
  const auto hash = hash_password("correct horse").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(password_matches(hash, "correct horse"));
  EXPECT_FALSE(password_matches(hash, "correct horsf"));
  EXPECT_FALSE(password_matches("", "correct horse"));
}

}  // namespace
}  // namespace regmark::base
