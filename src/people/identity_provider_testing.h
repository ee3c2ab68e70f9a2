// An identity provider in this process, with keys of its own, for tests: it signs whatever it is
// told to. Never included by a program. (web/tests has a real one.)
#pragma once

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/encoding.h"
#include "base/time.h"
#include "people/identity_provider.h"

namespace regmark::people {

class TestProvider {
  // First, for what it says is made of them.
  using Key = std::shared_ptr<EVP_PKEY>;
  const base::Clock& clock_;
  Key rsa_{EVP_RSA_gen(2'048), &EVP_PKEY_free};
  Key ec_{EVP_EC_gen("P-256"), &EVP_PKEY_free};

 public:
  using Json = nlohmann::json;
  static constexpr std::string_view issuer = "https://id.example/force";

  explicit TestProvider(const base::Clock& clock) : clock_(clock) {}

  static ProviderRules rules() {
    return {.name = "Test identity",
            .issuer = std::string(issuer),
            .client_id = "regmark",
            .client_secret = "a secret",
            .redirect = "https://anpr.example:8600/",
            .claim = "preferred_username"};
  }

  // The claims of a good token, to be made wrong.
  Json claims(const std::string& nonce) const {
    const auto now = seconds();
    return {{"iss", issuer},      {"aud", "regmark"},
            {"sub", "subject-1"}, {"exp", now + 300},
            {"iat", now},         {"auth_time", now - 10},
            {"nonce", nonce},     {"preferred_username", "anna"}};
  }

  std::string sign(const Json& claims, const std::string& algorithm = "RS256",
                   Json header = {{"typ", "JWT"}, {"kid", "rsa-1"}}) const {
    header["alg"] = algorithm;
    const auto text = part(header.dump()) + "." + part(claims.dump());
    if (algorithm == "none") return text + ".";
    if (algorithm == "HS256") {
      // As whoever has the public key alone would sign.
      const auto key = modulus();
      base::Bytes code(32);
      unsigned size = 0;
      const auto signed_text = base::as_bytes(text);
      REGMARK_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), signed_text.data(),
                         signed_text.size(), code.data(), &size) != nullptr);
      return text + "." + base::to_base64_url(code);
    }
    return text + "." + base::to_base64_url(signature(algorithm, text));
  }

  Json keys() const {
    const auto n = base::to_base64_url(modulus());
    const Json rsa{{"kty", "RSA"}, {"kid", "rsa-1"}, {"use", "sig"}, {"n", n}, {"e", "AQAB"}};
    const auto point = octets(ec_.get(), OSSL_PKEY_PARAM_PUB_KEY);
    const Json ec{{"kty", "EC"},
                  {"crv", "P-256"},
                  {"kid", "ec-1"},
                  {"alg", "ES256"},
                  {"x", base::to_base64_url(std::span(point).subspan(1, 32))},
                  {"y", base::to_base64_url(std::span(point).subspan(33, 32))}};
    return {{"keys", {rsa, ec}}};
  }

  Json discovery() const {
    const std::string base(issuer);
    return {{"issuer", base},
            {"authorization_endpoint", base + "/auth"},
            {"token_endpoint", base + "/token"},
            {"jwks_uri", base + "/keys"}};
  }

  // What it says, by the end of the address; to be made wrong. `token` answers a code.
  std::map<std::string, ProviderReply, std::less<>> said = {
      {"/.well-known/openid-configuration", {200, discovery().dump()}},
      {"/keys", {200, keys().dump()}},
      {"/token", {200, "{}"}},
  };
  bool is_away = false;
  int asked = 0;
  ProviderRequest last{};

  AskProvider ask() {
    return [this](const ProviderRequest& request) -> Result<ProviderReply> {
      ++asked;
      last = request;
      if (is_away) return fail(ErrorCode::unavailable, "no connection");
      REGMARK_CHECK(request.url.starts_with(issuer));
      const auto found = said.find(request.url.substr(issuer.size()));
      return found == said.end() ? ProviderReply{404, ""} : found->second;
    };
  }

 private:
  std::int64_t seconds() const {
    return std::chrono::duration_cast<std::chrono::seconds>(clock_.now().time_since_epoch())
        .count();
  }
  static std::string part(const std::string& text) {
    return base::to_base64_url(base::as_bytes(text));
  }
  static base::Bytes octets(EVP_PKEY* key, const char* what) {
    std::size_t size = 0;
    base::Bytes bytes(128);
    REGMARK_CHECK(EVP_PKEY_get_octet_string_param(key, what, bytes.data(), bytes.size(), &size) ==
                  1);
    bytes.resize(size);
    return bytes;
  }
  base::Bytes modulus() const {
    BIGNUM* n = nullptr;
    REGMARK_CHECK(EVP_PKEY_get_bn_param(rsa_.get(), OSSL_PKEY_PARAM_RSA_N, &n) == 1);
    base::Bytes bytes(static_cast<std::size_t>(BN_num_bytes(n)));
    BN_bn2bin(n, bytes.data());
    BN_free(n);
    return bytes;
  }
  base::Bytes signature(const std::string& algorithm, const std::string& text) const {
    const bool is_ec = algorithm == "ES256";
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    EVP_PKEY_CTX* about = nullptr;
    REGMARK_CHECK(EVP_DigestSignInit(context.get(), &about, EVP_sha256(), nullptr,
                                     is_ec ? ec_.get() : rsa_.get()) == 1);
    if (algorithm == "PS256") {
      REGMARK_CHECK(EVP_PKEY_CTX_set_rsa_padding(about, RSA_PKCS1_PSS_PADDING) == 1);
      REGMARK_CHECK(EVP_PKEY_CTX_set_rsa_pss_saltlen(about, RSA_PSS_SALTLEN_DIGEST) == 1);
    }
    std::size_t size = 1'024;
    base::Bytes bytes(size);
    const auto signed_text = base::as_bytes(text);
    REGMARK_CHECK(EVP_DigestSign(context.get(), bytes.data(), &size, signed_text.data(),
                                 signed_text.size()) == 1);
    bytes.resize(size);
    return is_ec ? two_numbers(bytes) : bytes;
  }
  static base::Bytes two_numbers(const base::Bytes& der) {
    const auto* at = der.data();
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    REGMARK_CHECK(pair != nullptr);
    base::Bytes numbers(64);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), numbers.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), numbers.data() + 32, 32);
    ECDSA_SIG_free(pair);
    return numbers;
  }
};

}  // namespace regmark::people
