#include "people/internal/id_token.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/time_testing.h"
#include "people/identity_provider_testing.h"

namespace regmark::people {
namespace {

using Json = nlohmann::json;

class IdToken : public ::testing::Test {
 protected:
  // "" when all is well, else the complaint.
  std::string check(const std::string& token) {
    const auto read = read_token(token, "preferred_username");
    if (!read) return read.error().message;
    const auto checked = check_token(*read, keys_,
                                     {std::string(TestProvider::issuer), "regmark", "n-1",
                                      clock_.now(), clock_.now() - session_time});
    if (checked) return "";
    return checked.error().message;
  }
  Json good() const { return provider_.claims("n-1"); }
  std::int64_t now() const { return good().at("iat").get<std::int64_t>(); }

  base::ManualClock clock_{"2026-03-28T10:00:00Z"};
  TestProvider provider_{clock_};
  std::vector<ProviderKey> keys_ = read_provider_keys(provider_.keys().dump()).value();
};

TEST_F(IdToken, HoldsInEachKindThatWeTake) {
  ASSERT_EQ(keys_.size(), 2U);
  EXPECT_EQ(check(provider_.sign(good())), "");
  EXPECT_EQ(check(provider_.sign(good(), "PS256")), "");
  EXPECT_EQ(check(provider_.sign(good(), "ES256", {{"kid", "ec-1"}})), "");
  auto listed = good();
  listed["aud"] = {"regmark"};
  listed["azp"] = "regmark";
  listed["nbf"] = now();
  EXPECT_EQ(check(provider_.sign(listed)), "");
  const auto read = read_token(provider_.sign(good()), "sub").value();
  EXPECT_EQ(read.claims.name, "subject-1");
}

TEST_F(IdToken, OfNobodysSignatureIsNone) {
  const auto not_signed = "is not signed by it";
  const auto not_shown = "has a key that it does not show";
  const auto unreadable = "does not read";
  const Json rsa{{"typ", "JWT"}, {"kid", "rsa-1"}};
  struct Case {
    std::string token;
    const char* says;
  };
  const auto whole = provider_.sign(good());
  auto other = good();
  other["preferred_username"] = "bob";
  const auto forged = provider_.sign(other);
  const auto dot = whole.rfind('.');
  const Case cases[] = {
      {provider_.sign(good(), "none"), not_signed},
      {provider_.sign(good(), "none", Json::object()), not_shown},
      {provider_.sign(good(), "HS256"), not_signed},
      {provider_.sign(good(), "RS256", {{"kid", "unknown"}}), not_shown},
      {provider_.sign(good(), "RS256", Json::object()), not_shown},
      {provider_.sign(good(), "RS256", {{"kid", 7}}), not_shown},
      // With the other key's id, or an algorithm that is not that key's.
      {provider_.sign(good(), "RS256", {{"kid", "ec-1"}}), not_signed},
      {provider_.sign(good(), "ES256", rsa), not_signed},
      // Claims of one, signature of the other.
      {forged.substr(0, forged.rfind('.')) + whole.substr(dot), not_signed},
      {whole.substr(0, dot + 1), not_signed},
      {whole.substr(0, dot), unreadable},
      {whole + ".x", unreadable},
      {whole + "=", unreadable},
      {"", unreadable},
      {"..", unreadable},
      {std::string(token_size_max + 1, 'a'), unreadable},
      {provider_.sign(good(), "RS256", {{"kid", "rsa-1"}, {"crit", {"exp"}}}), unreadable},
      {provider_.sign(good(), "RS256", {{"kid", "rsa-1"}, {"typ", "at+jwt"}}), unreadable},
      {provider_.sign(good(), "RS256", {{"kid", "rsa-1"}, {"typ", "logout+jwt"}}), unreadable},
      {provider_.sign(Json::array({1})), unreadable},
  };
  for (const auto& [token, says] : cases) {
    EXPECT_NE(check(token).find(says), std::string::npos)
        << token.substr(0, 60) << ": " << check(token);
  }
  // A key that the token brings along is not looked at.
  const TestProvider stranger(clock_);
  auto header = rsa;
  header["jwk"] = stranger.keys().at("keys").at(0);
  header["jku"] = "https://evil.example/keys";
  EXPECT_NE(check(stranger.sign(good(), "RS256", header)).find(not_signed), std::string::npos);
}

TEST_F(IdToken, IsForThisOfficeNowAndForThisQuestion) {
  struct Case {
    const char* claim;
    Json value;  // null: left out
    const char* says;
  };
  const auto at = now();
  const Case cases[] = {
      {"iss", "https://evil.example", "another provider's"},
      {"iss", std::string(TestProvider::issuer) + "/", "another provider's"},
      {"iss", nullptr, "another provider's"},
      {"aud", "another", "not for this office"},
      {"aud", Json::array({"regmark", "another"}), "not for this office"},
      {"aud", Json::array({"regmark", 1}), "not for this office"},
      {"aud", Json::array(), "not for this office"},
      {"aud", nullptr, "not for this office"},
      {"azp", "another", "not for this office"},
      {"exp", at - 60, "has run out"},
      {"exp", std::to_string(at + 300), "has run out"},
      {"exp", -1, "has run out"},
      {"exp", 1e300, "has run out"},
      {"exp", nullptr, "has run out"},
      {"iat", at + 61, "not made just now"},
      {"iat", at - 601, "not made just now"},
      {"iat", nullptr, "not made just now"},
      {"nbf", at + 61, "is for later"},
      {"auth_time", at - 8 * 3'600 - 61, "too long ago"},
      {"auth_time", at + 61, "too long ago"},
      {"auth_time", nullptr, "too long ago"},
      {"nonce", "n-2", "another question"},
      {"nonce", "", "another question"},
      {"nonce", nullptr, "another question"},
      {"sub", nullptr, "who it is"},
      {"sub", std::string(256, 'x'), "who it is"},
      {"preferred_username", nullptr, "who it is"},
      {"preferred_username", 7, "who it is"},
      {"preferred_username", "an\nna", "who it is"},
  };
  for (const auto& [claim, value, says] : cases) {
    auto claims = good();
    if (value.is_null()) {
      claims.erase(claim);
    } else {
      claims[claim] = value;
    }
    const auto said = check(provider_.sign(claims));
    EXPECT_NE(said.find(says), std::string::npos) << claim << " " << value << ": " << said;
  }
}

TEST_F(IdToken, KeysThatAreNoneAreLeftOut) {
  auto keys = provider_.keys();
  const auto count = [&] { return read_provider_keys(keys.dump()).value().size(); };
  auto& rsa = keys["keys"][0];
  EXPECT_EQ(count(), 2U);
  rsa["use"] = "enc";
  EXPECT_EQ(count(), 1U);
  rsa["use"] = "sig";
  rsa.erase("kid");
  EXPECT_EQ(count(), 1U);
  rsa["kid"] = "ec-1";  // two of one name
  EXPECT_FALSE(read_provider_keys(keys.dump()));
  rsa["kid"] = "rsa-1";
  rsa["n"] = "not base64url!";
  EXPECT_EQ(count(), 1U);
  keys["keys"].push_back({{"kty", "oct"}, {"kid", "secret"}, {"k", "AAAA"}});
  EXPECT_EQ(count(), 1U);
  keys["keys"] = Json::array();
  for (std::size_t i = 0; i <= provider_keys_max; ++i) keys["keys"].push_back(Json::object());
  EXPECT_FALSE(read_provider_keys(keys.dump()));
  for (const auto* wrong : {"", "[]", "{}", "{\"keys\":{}}", "{"}) {
    EXPECT_FALSE(read_provider_keys(wrong)) << wrong;
  }
}

TEST_F(IdToken, WeakKeysSignNothing) {
  // 1,024 bits are too few, whatever they sign.
  const std::shared_ptr<EVP_PKEY> small(EVP_RSA_gen(1'024), &EVP_PKEY_free);
  BIGNUM* n = nullptr;
  ASSERT_EQ(EVP_PKEY_get_bn_param(small.get(), OSSL_PKEY_PARAM_RSA_N, &n), 1);
  base::Bytes modulus(static_cast<std::size_t>(BN_num_bytes(n)));
  BN_bn2bin(n, modulus.data());
  BN_free(n);
  const std::string text = "text";
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  base::Bytes signature(256);
  std::size_t size = signature.size();
  ASSERT_EQ(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, small.get()), 1);
  ASSERT_EQ(EVP_DigestSign(context.get(), signature.data(), &size, base::as_bytes(text).data(),
                           text.size()),
            1);
  signature.resize(size);
  const ProviderKey key{"small", "RSA", "", modulus, {1, 0, 1}};
  EXPECT_FALSE(signature_holds(key, "RS256", base::as_bytes(text), signature));
  // And a point off the curve is no key.
  auto off = keys_[1];
  off.second.back() ^= 1U;
  const auto token = read_token(provider_.sign(good(), "ES256", {{"kid", "ec-1"}}), "sub").value();
  EXPECT_TRUE(
      signature_holds(keys_[1], "ES256", base::as_bytes(token.signed_part), token.signature));
  EXPECT_FALSE(signature_holds(off, "ES256", base::as_bytes(token.signed_part), token.signature));
}

}  // namespace
}  // namespace regmark::people
