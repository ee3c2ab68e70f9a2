#include "people/internal/webauthn.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <functional>

#include "base/encoding.h"
#include "people/security_keys_testing.h"

namespace regmark::people {
namespace {

template <typename T>
std::string complaint(const Result<T>& result) {
  if (result) return "";
  EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
  return result.error().message;
}

base::Bytes bytes_of(std::string_view text) {
  const auto bytes = base::as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

TEST(ClientData, IsOfOurPageAndOfTheRightCeremony) {
  const auto rules = test_key_rules();
  struct Case {
    const char* json;
    const char* says;  // nothing: it is good
  };
  const Case cases[] = {
      {R"({"type":"webauthn.get","challenge":"abc","origin":"https://anpr.example:8600"})", ""},
      {R"({"type":"webauthn.get","challenge":"abc","origin":"https://anpr.example:8600",
           "crossOrigin":false,"other_keys_can_be_added_here":"yes"})",
       ""},
      {R"({"type":"webauthn.create","challenge":"abc","origin":"https://anpr.example:8600"})",
       "something else"},
      {R"({"challenge":"abc","origin":"https://anpr.example:8600"})", "something else"},
      {R"({"type":["webauthn.get"],"challenge":"abc","origin":"https://anpr.example:8600"})",
       "something else"},
      {R"({"type":"webauthn.get","challenge":"abc","origin":"https://anpr.example"})", "a page"},
      {R"({"type":"webauthn.get","challenge":"abc","origin":"http://anpr.example:8600"})",
       "a page"},
      {R"({"type":"webauthn.get","challenge":"abc","origin":"https://anpr.example:8600.evil"})",
       "a page"},
      {R"({"type":"webauthn.get","challenge":"abc"})", "a page"},
      {R"({"type":"webauthn.get","challenge":"abc","origin":"https://anpr.example:8600",
           "crossOrigin":true})",
       "a page"},
      {R"({"type":"webauthn.get","challenge":"abc","origin":"https://anpr.example:8600",
           "crossOrigin":"no"})",
       "a page"},
      {R"({"type":"webauthn.get","challenge":"abc","origin":"https://anpr.example:8600",
           "topOrigin":"https://evil.example"})",
       "a page"},
      {"[]", "does not read"},
      {"{", "does not read"},
      {"", "does not read"},
  };
  for (const auto& [json, says] : cases) {
    SCOPED_TRACE(json);
    const auto read = check_client_data(rules, Ceremony::get, bytes_of(json));
    if (*says == 0) {
      ASSERT_TRUE(read) << read.error().message;
      EXPECT_EQ(*read, "abc");
    } else {
      EXPECT_NE(complaint(read).find(says), std::string::npos) << complaint(read);
    }
  }
  const std::string large = R"({"type":")" + std::string(client_data_size_max, 'x') + "\"}";
  EXPECT_NE(complaint(read_client_data(bytes_of(large))).find("does not read"), std::string::npos);
}

TEST(NewKey, IsReadAsItsOwnerMadeIt) {
  const auto rules = test_key_rules();
  TestKey key;
  const auto read = read_new_key(rules, key.authenticator_data(true));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->credential, key.credential);
  EXPECT_EQ(read->algorithm, -7);
  EXPECT_EQ(read->counter, 7U);
  EXPECT_EQ(read->public_key.size(), 64U);
}

TEST(NewKey, IsRefusedWhenAnythingIsWrong) {
  auto rules = test_key_rules();
  struct Case {
    const char* says;
    std::function<void(TestKey&)> make_wrong;
  };
  const std::vector<Case> cases = {
      {"another site", [](TestKey& key) { key.rp_id = "evil.example"; }},
      {"nobody touched", [](TestKey& key) { key.flags = 0; }},
      {"does not read", [](TestKey& key) { key.credential.clear(); }},
      {"does not read", [](TestKey& key) { key.credential.resize(credential_size_max + 1); }},
      {"does not read", [](TestKey& key) { key.credential.resize(5'000); }},
  };
  for (const auto& [says, make_wrong] : cases) {
    TestKey key;
    make_wrong(key);
    const auto read = read_new_key(rules, key.authenticator_data(true));
    EXPECT_NE(complaint(read).find(says), std::string::npos) << says << ": " << complaint(read);
  }
  // Cut off anywhere, it is none.
  const auto whole = TestKey().authenticator_data(true);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(read_new_key(rules, std::span(whole).first(size))) << size;
  }
  EXPECT_FALSE(read_new_key(rules, TestKey().authenticator_data(false)));  // no key in it
  // No point of the curve: the last byte belongs to y.
  auto off = whole;
  off.back() ^= 1U;
  EXPECT_FALSE(read_new_key(rules, off));
  rules.user_verification = UserVerification::required;
  EXPECT_NE(complaint(read_new_key(rules, whole)).find("PIN"), std::string::npos);
  TestKey verified;
  verified.flags = 0x05;
  EXPECT_TRUE(read_new_key(rules, verified.authenticator_data(true)));
}

class KeySignature : public ::testing::Test {
 protected:
  Result<std::uint32_t> check(const KeyAnswer& answer) {
    return check_key_signature(rules_, material_, answer);
  }
  SecurityKeyRules rules_ = test_key_rules();
  TestKey key_;
  KeyMaterial material_ = read_new_key(rules_, key_.authenticator_data(true)).value();
};

TEST_F(KeySignature, IsItsOwnForThisSite) {
  EXPECT_EQ(check(key_.answer("abc")).value(), 8U);
  EXPECT_NE(complaint(check(TestKey().answer("abc"))).find("not this key's"), std::string::npos);
  key_.rp_id = "evil.example";
  EXPECT_NE(complaint(check(key_.answer("abc"))).find("another site"), std::string::npos);
  key_.rp_id = rules_.rp_id;
  key_.flags = 0x04;
  EXPECT_NE(complaint(check(key_.answer("abc"))).find("nobody touched"), std::string::npos);
  key_.flags = 0x01;
  rules_.user_verification = UserVerification::required;
  EXPECT_NE(complaint(check(key_.answer("abc"))).find("PIN"), std::string::npos);
  key_.flags = 0x05;
  EXPECT_TRUE(check(key_.answer("abc")));
  material_.algorithm = -257;  // its bytes are no RSA key
  EXPECT_FALSE(check(key_.answer("abc")));
  material_.algorithm = 0;
  EXPECT_FALSE(check(key_.answer("abc")));
}

// Whatever bit of what was signed is turned over, the signature is no longer the key's.
RC_GTEST_FIXTURE_PROP(KeySignature, HoldsForNothingElse, ()) {
  auto answer = key_.answer("abc");
  base::Bytes* const parts[] = {&answer.client_data, &answer.authenticator_data, &answer.signature};
  auto* const part = parts[*rc::gen::inRange(0, 3)];
  const auto at = *rc::gen::inRange<std::size_t>(0, part->size());
  const auto bit = *rc::gen::inRange(0U, 8U);
  part->at(at) ^= static_cast<std::uint8_t>(1U << bit);
  RC_ASSERT(!check(answer));
}

TEST(NewKey, SaysWholeExtensionsOrIsRefused) {
  const auto rules = test_key_rules();
  auto data = TestKey().authenticator_data(true);
  data[32] |= 0x80U;
  EXPECT_FALSE(read_new_key(rules, data));  // announced, and not there
  const auto with = [&](std::string_view hex) {
    auto all = data;
    const auto more = base::from_hex(hex).value();
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  EXPECT_TRUE(read_new_key(rules, with("a16b6372656450726f7465637402")));  // {"credProtect": 2}
  EXPECT_FALSE(read_new_key(rules, with("a16b6372656450726f74656374")));
  EXPECT_FALSE(read_new_key(rules, with("ba0dda2bad6b6372656450726f7465637402")));
}

TEST(NewKey, OtherKindsAreTakenToo) {
  // {1: 1 (OKP), 3: -8 (EdDSA), -1: 6 (Ed25519), -2: x}, the public key of RFC 8032's first test.
  const auto rules = test_key_rules();
  auto data = TestKey().authenticator_data(false);
  data[32] |= 0x40U;
  data.resize(data.size() + 16);
  const base::Bytes rest{0x00, 0x02, 0xaa, 0xbb, 0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21,
                         0x58, 0x20, 0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b,
                         0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
                         0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a};
  data.insert(data.end(), rest.begin(), rest.end());
  const auto read = read_new_key(rules, data);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->algorithm, -8);
  EXPECT_EQ(read->public_key.size(), 32U);
}

}  // namespace
}  // namespace regmark::people
