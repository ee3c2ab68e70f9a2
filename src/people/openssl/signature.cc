#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <memory>

#include "people/internal/id_token.h"

namespace regmark::people {
namespace {

template <auto release>
struct Released {
  template <typename T>
  void operator()(T* owned) const {
    release(owned);
  }
};
template <typename T, auto release>
using Owned = std::unique_ptr<T, Released<release>>;

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Number = Owned<BIGNUM, BN_free>;

constexpr int rsa_bits_min = 2'048;
constexpr int rsa_bits_max = 8'192;  // larger ones only cost time
constexpr std::size_t coordinate_size = 32;

Number number_of(std::span<const std::uint8_t> bytes) {
  return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Key make_key(const char* kind, OSSL_PARAM_BLD* builder) {
  const Owned<OSSL_PARAM, OSSL_PARAM_free> params(OSSL_PARAM_BLD_to_param(builder));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* made = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  return Key(made);
}

// None where its numbers make no key that is strong enough.
Key rsa_key(const ProviderKey& key) {
  if (key.first.size() * 8 > rsa_bits_max || key.second.size() > 8) return nullptr;
  const auto modulus = number_of(key.first);
  const auto exponent = number_of(key.second);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (!modulus || !exponent || !builder || BN_num_bits(modulus.get()) < rsa_bits_min ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
    return nullptr;
  }
  return make_key("RSA", builder.get());
}

// None where the point is not on the curve.
Key p256_key(const ProviderKey& key) {
  if (key.first.size() != coordinate_size || key.second.size() != coordinate_size) return nullptr;
  base::Bytes point{0x04};
  point.insert(point.end(), key.first.begin(), key.first.end());
  point.insert(point.end(), key.second.begin(), key.second.end());
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  return make_key("EC", builder.get());
}

// From two numbers one after another, as tokens have them, to DER. Empty: they are none.
base::Bytes der_of(std::span<const std::uint8_t> signature) {
  if (signature.size() != 2 * coordinate_size) return {};
  const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
  auto r = number_of(signature.first(coordinate_size));
  auto s = number_of(signature.last(coordinate_size));
  if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  static_cast<void>(r.release());
  static_cast<void>(s.release());
  const int size = i2d_ECDSA_SIG(pair.get(), nullptr);
  if (size <= 0) return {};
  base::Bytes der(static_cast<std::size_t>(size));
  auto* at = der.data();
  i2d_ECDSA_SIG(pair.get(), &at);
  return der;
}

bool verify(EVP_PKEY* key, bool is_pss, std::span<const std::uint8_t> text,
            std::span<const std::uint8_t> signature) {
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* about = nullptr;  // the context's own
  if (!context || EVP_DigestVerifyInit(context.get(), &about, EVP_sha256(), nullptr, key) != 1) {
    return false;
  }
  if (is_pss && (EVP_PKEY_CTX_set_rsa_padding(about, RSA_PKCS1_PSS_PADDING) != 1 ||
                 EVP_PKEY_CTX_set_rsa_pss_saltlen(about, RSA_PSS_SALTLEN_DIGEST) != 1)) {
    return false;
  }
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), text.data(),
                          text.size()) == 1;
}

}  // namespace

bool signature_holds(const ProviderKey& key, std::string_view algorithm,
                     std::span<const std::uint8_t> text, std::span<const std::uint8_t> signature) {
  // A key that says what it is for is for nothing else.
  if (!key.algorithm.empty() && key.algorithm != algorithm) return false;
  const bool is_pss = algorithm == "PS256";
  if (key.kind == "RSA" && (is_pss || algorithm == "RS256")) {
    const auto rsa = rsa_key(key);
    return rsa && verify(rsa.get(), is_pss, text, signature);
  }
  if (key.kind == "EC" && algorithm == "ES256") {
    const auto ec = p256_key(key);
    const auto der = der_of(signature);
    return ec && !der.empty() && verify(ec.get(), /*is_pss=*/false, text, der);
  }
  return false;
}

}  // namespace regmark::people
