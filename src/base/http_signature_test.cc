#include "base/http_signature.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/encoding.h"
#include "base/time_testing.h"

namespace regmark::base {
namespace {

// RFC 9421 appendix B.2.6 with the key of B.1.4.
TEST(SignatureBase, GivesThePublishedSignature) {
  const auto pkcs8 =
      from_base64("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF").value();
  std::array<std::uint8_t, 32> seed{};
  std::copy(pkcs8.end() - 32, pkcs8.end(), seed.begin());
  const auto key = signing_key_from_seed(seed);
  const std::string parameters =
      R"(("date" "@method" "@path" "@authority" "content-type" "content-length"))"
      R"(;created=1618884473;keyid="test-key-ed25519")";
  const auto text = signature_base({{"date", "Tue, 20 Apr 2021 02:07:55 GMT"},
                                    {"@method", "POST"},
                                    {"@path", "/foo"},
                                    {"@authority", "example.com"},
                                    {"content-type", "application/json"},
                                    {"content-length", "18"}},
                                   parameters);
  EXPECT_EQ(
      to_base64(sign(key, as_bytes(text))),
      "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
}

class Signing : public ::testing::Test {
 protected:
  const SigningKey key_ = signing_key_from_seed({7});
  const UtcTime now_ = parse_utc("2026-03-28T10:00:00.750Z").value();
  const SignedRequest request_{"POST", "/v1/reads?camera=north", "application/json", R"({"a":1})"};
};

TEST_F(Signing, SaysWhoSignedWhatAndWhen) {
  const auto headers = sign_request(key_, "north", now_, request_);
  const auto claim = read_claim(headers).value();
  EXPECT_EQ(claim.key_id, "north");
  EXPECT_EQ(claim.created, parse_utc("2026-03-28T10:00:00Z").value());
  EXPECT_TRUE(is_signed(claim, key_.public_key, request_));
  EXPECT_FALSE(is_signed(claim, signing_key_from_seed({8}).public_key, request_));
}

TEST_F(Signing, HoldsForNoOtherRequest) {
  const auto claim = read_claim(sign_request(key_, "north", now_, request_)).value();
  const SignedRequest others[] = {
      {"PUT", request_.target, request_.content_type, request_.body},
      {"POST", "/v1/reads?camera=south", request_.content_type, request_.body},
      {"POST", "/v1/reads", request_.content_type, request_.body},
      {"POST", "/v1/reads/?camera=north", request_.content_type, request_.body},
      {"POST", request_.target, "application/x-ndjson", request_.body},
      {"POST", request_.target, request_.content_type, R"({"a":2})"},
      {"POST", request_.target, request_.content_type, ""},
  };
  for (const auto& other : others) EXPECT_FALSE(is_signed(claim, key_.public_key, other));
}

TEST_F(Signing, TakesNoOtherForm) {
  const auto good = sign_request(key_, "north", now_, request_);
  const auto outcome = [&](auto change) {
    auto headers = good;
    change(headers);
    const auto claim = read_claim(headers);
    if (!claim) return std::string(name(claim.error().code));
    return std::string(is_signed(*claim, key_.public_key, request_) ? "signed" : "not signed");
  };
  const auto replaced = [](std::string& text, std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
  };
  EXPECT_EQ(outcome([](auto&) {}), "signed");
  const std::pair<std::string_view, std::string_view> in_input[] = {
      {"regmark=", "sig1="},
      {"regmark=", ""},
      {"\"@query\" ", ""},
      {"\"content-digest\"", "\"date\""},
      {"created=", "expires="},
      {"created=1", "created=01"},
      {"created=1", "created=-1"},
      {"created=1774692000", "created="},
      {"keyid=\"north\"", "keyid=\"\""},
      {"north", "no\\rth"},
      {"ed25519", "rsa-v1_5-sha256"},
      {";alg=\"ed25519\"", ""},
      {";alg", ";tag=\"x\";alg"},
      {";nonce=\"", ";nonce=\"x"},
      {";nonce=", ";tag="},
  };
  for (const auto& each : in_input) {
    SCOPED_TRACE(each.first);
    const auto changed =
        outcome([&](auto& headers) { replaced(headers.signature_input, each.first, each.second); });
    EXPECT_EQ(changed, "invalid_input");
  }
  EXPECT_EQ(outcome([&](auto& headers) { replaced(headers.signature_input, "north", "south"); }),
            "not signed");
  EXPECT_EQ(outcome([](auto& headers) { headers.signature_input.clear(); }), "invalid_input");
  EXPECT_EQ(outcome([](auto& headers) { headers.signature.clear(); }), "invalid_input");
  EXPECT_EQ(outcome([](auto& headers) { headers.signature.pop_back(); }), "invalid_input");
  EXPECT_EQ(outcome([](auto& headers) { headers.content_digest.clear(); }), "invalid_input");
  EXPECT_EQ(outcome([&](auto& headers) { replaced(headers.content_digest, "256", "512"); }),
            "invalid_input");
}

// Whatever is sent under whatever name, the signature holds, and for nothing with a byte changed.
RC_GTEST_PROP(SigningProperty, HoldsForWhatWasSent, (const std::string& body)) {
  const auto key = signing_key_from_seed({3});
  const base::UtcTime now{std::chrono::seconds(*rc::gen::inRange<std::int64_t>(1, 4'000'000'000))};
  const SignedRequest request{"POST", "/v1/reads", "application/json", body};
  const auto claim = read_claim(sign_request(key, "camera-1", now, request));
  RC_ASSERT(claim.has_value());
  RC_ASSERT(claim->created == now);
  RC_ASSERT(is_signed(*claim, key.public_key, request));
  auto changed = body + "x";
  if (!body.empty()) {
    changed = body;
    changed[*rc::gen::inRange<std::size_t>(0, body.size())] ^= 1;
  }
  RC_ASSERT(!is_signed(*claim, key.public_key, {"POST", "/v1/reads", "application/json", changed}));
}

}  // namespace
}  // namespace regmark::base
