#include "base/crypto.h"

#include <endian.h>
#include <sodium.h>

#include "base/check.h"

namespace regmark::base {
namespace {

// libsodium must be started once before anything else of it is used.
const bool sodium_is_ready = [] {
  REGMARK_CHECK(sodium_init() >= 0);
  return true;
}();

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(nonce_size + tag_size == seal_overhead);

// OWASP's and RFC 9106's advice for interactive sign-in lies between 19 MiB and 2 GiB.
constexpr unsigned long long password_passes = 2;
constexpr std::size_t password_memory = std::size_t{64} << 20U;

std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_key(const SigningKey& key) {
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
  std::copy(key.seed.begin(), key.seed.end(), secret.begin());
  std::copy(key.public_key.begin(), key.public_key.end(), secret.begin() + key.seed.size());
  return secret;
}

}  // namespace

void fill_random(std::span<std::uint8_t> bytes) {
  // Other files may ask for randomness before this file's own start-up has run.
  if (!sodium_is_ready) REGMARK_CHECK(sodium_init() >= 0);
  randombytes_buf(bytes.data(), bytes.size());
}

Digest sha256(std::span<const std::uint8_t> bytes) {
  return sha256({bytes});
}

Digest sha256(std::initializer_list<std::span<const std::uint8_t>> parts) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const auto& part : parts) crypto_hash_sha256_update(&state, part.data(), part.size());
  Digest digest;
  crypto_hash_sha256_final(&state, digest.data());
  return digest;
}

Digest keyed_hash(const Key& key, std::span<const std::uint8_t> bytes) {
  Digest digest;
  crypto_generichash(digest.data(), digest.size(), bytes.data(), bytes.size(), key.data(),
                     key.size());
  return digest;
}

bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::span<std::uint8_t> bytes) {
  sodium_memzero(bytes.data(), bytes.size());
}

Bytes seal(const Key& key, std::span<const std::uint8_t> plain, std::string_view context) {
  Bytes sealed(seal_overhead + plain.size());
  fill_random(std::span(sealed).first(nonce_size));
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_size, &size, plain.data(),
                                             plain.size(), as_bytes(context).data(), context.size(),
                                             nullptr, sealed.data(), key.data());
  REGMARK_CHECK(size == plain.size() + tag_size);
  return sealed;
}

Result<Bytes> unseal(const Key& key, std::span<const std::uint8_t> sealed,
                     std::string_view context) {
  const auto wrong = [] {
    return fail(ErrorCode::corrupt, "sealed bytes do not open: wrong key, or they were changed");
  };
  if (sealed.size() < seal_overhead) return wrong();
  Bytes plain(sealed.size() - seal_overhead);
  unsigned long long size = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          plain.data(), &size, nullptr, sealed.data() + nonce_size, sealed.size() - nonce_size,
          as_bytes(context).data(), context.size(), sealed.data(), key.data()) != 0) {
    return wrong();
  }
  return plain;
}

std::uint64_t short_hash(const ShortKey& key, std::span<const std::uint8_t> bytes) {
  static_assert(crypto_shorthash_siphash24_KEYBYTES == sizeof(ShortKey));
  std::uint64_t hash = 0;
  static_assert(crypto_shorthash_siphash24_BYTES == sizeof hash);
  crypto_shorthash_siphash24(reinterpret_cast<unsigned char*>(&hash), bytes.data(), bytes.size(),
                             key.data());
  return le64toh(hash);
}

void add_keystream(const Key& key, const StreamNonce& nonce, std::span<std::uint8_t> bytes) {
  static_assert(crypto_stream_xchacha20_NONCEBYTES == sizeof(StreamNonce));
  crypto_stream_xchacha20_xor(bytes.data(), bytes.data(), bytes.size(), nonce.data(), key.data());
}

SigningKey new_signing_key() {
  return signing_key_from_seed(random_bytes<32>());
}

SigningKey signing_key_from_seed(const std::array<std::uint8_t, 32>& seed) {
  SigningKey key{.seed = seed, .public_key = {}};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(key.public_key.data(), secret.data(), seed.data());
  wipe(secret);
  return key;
}

Signature sign(const SigningKey& key, std::span<const std::uint8_t> message) {
  Signature signature;
  auto secret = secret_key(key);
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret.data());
  wipe(secret);
  return signature;
}

bool verify(const std::array<std::uint8_t, 32>& public_key, std::span<const std::uint8_t> message,
            const Signature& signature) {
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     public_key.data()) == 0;
}

Result<std::string> hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> encoded;
  if (crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(), password_passes,
                            password_memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::unavailable, "not enough memory to hash a password");
  }
  return std::string(encoded.data());
}

bool password_matches(const std::string& hash, std::string_view password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace regmark::base
