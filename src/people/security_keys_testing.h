// A security key in software, and the browser that it is plugged into, for tests. Never included by
// a program.
#pragma once

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/crypto.h"
#include "people/security_keys.h"

namespace regmark::people {

inline SecurityKeyRules test_key_rules() {
  return {.rp_id = "anpr.example",
          .origins = {"https://anpr.example:8600"},
          .user_verification = UserVerification::preferred};
}

// ES256, the kind that every key has. What it says can be made wrong, member by member.
class TestKey {
 public:
  explicit TestKey(const SecurityKeyRules& rules = test_key_rules())
      : rp_id(rules.rp_id), origin(rules.origins.front()) {
    REGMARK_CHECK(key_ != nullptr);
  }

  NewKeyAnswer made(const std::string& challenge, std::string_view name = "Blue key") {
    return {name, client_data("webauthn.create", challenge), authenticator_data(true)};
  }
  KeyAnswer answer(const std::string& challenge) {
    if (counts) ++counter;
    auto said = client_data("webauthn.get", challenge);
    auto data = authenticator_data(false);
    auto signature = sign(data, said);
    return {credential, std::move(said), std::move(data), std::move(signature)};
  }

  base::Bytes client_data(std::string_view type, const std::string& challenge) const {
    const auto text = "{\"type\":\"" + std::string(type) + "\",\"challenge\":\"" + challenge +
                      "\",\"origin\":\"" + origin +
                      "\",\"crossOrigin\":" + (crosses ? "true" : "false") + "}";
    const auto bytes = base::as_bytes(text);
    return {bytes.begin(), bytes.end()};
  }

  base::Bytes authenticator_data(bool is_new) const {
    base::Bytes data;
    add(data, base::sha256(base::as_bytes(rp_id)));
    data.push_back(static_cast<std::uint8_t>(flags | (is_new ? 0x40U : 0U)));
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      data.push_back(static_cast<std::uint8_t>(counter >> shift & 0xffU));
    }
    if (!is_new) return data;
    data.resize(data.size() + 16);  // no model
    data.push_back(static_cast<std::uint8_t>(credential.size() >> 8U));
    data.push_back(static_cast<std::uint8_t>(credential.size() & 0xffU));
    add(data, credential);
    // A COSE key (RFC 9053): {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    const auto point = public_point();
    add(data, base::Bytes{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20});
    add(data, std::span(point).subspan(1, 32));
    add(data, base::Bytes{0x22, 0x58, 0x20});
    add(data, std::span(point).subspan(33, 32));
    return data;
  }

  base::Bytes sign(const base::Bytes& data, const base::Bytes& said) const {
    auto message = data;
    add(message, base::sha256(said));
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    std::size_t size = 128;
    base::Bytes signature(size);
    REGMARK_CHECK(
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) ==
            1);
    signature.resize(size);
    return signature;
  }

  std::string rp_id, origin;
  unsigned flags = 0x01;  // somebody was there
  std::uint32_t counter = 7;
  bool counts = true;
  bool crosses = false;
  base::Bytes credential = [] {
    const auto random = base::random_bytes<32>();
    return base::Bytes(random.begin(), random.end());
  }();

 private:
  static void add(base::Bytes& bytes, std::span<const std::uint8_t> more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  base::Bytes public_point() const {
    base::Bytes point(65);
    std::size_t size = 0;
    REGMARK_CHECK(EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                                  point.size(), &size) == 1 &&
                  size == point.size());
    return point;
  }

  std::shared_ptr<EVP_PKEY> key_{EVP_EC_gen("P-256"), &EVP_PKEY_free};
};

}  // namespace regmark::people
