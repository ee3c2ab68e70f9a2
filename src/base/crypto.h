// Cryptography in the few shapes the project needs. libsodium does the work (base/sodium/).
//
// All functions may be called from many threads at once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regmark::base {

using Bytes = std::vector<std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;
using Key = std::array<std::uint8_t, 32>;

inline std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Fills from the system's random source.
void fill_random(std::span<std::uint8_t> bytes);

template <std::size_t size>
std::array<std::uint8_t, size> random_bytes() {
  std::array<std::uint8_t, size> bytes;
  fill_random(bytes);
  return bytes;
}

// SHA-256 (FIPS 180-4) of the parts, one after another.
Digest sha256(std::span<const std::uint8_t> bytes);
Digest sha256(std::initializer_list<std::span<const std::uint8_t>> parts);

// Keyed BLAKE2b-256 (RFC 7693): fast, for tokens and derived keys.
Digest keyed_hash(const Key& key, std::span<const std::uint8_t> bytes);

// Compares in a time that does not depend on where the two differ.
bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

// Overwrites a secret in a way the compiler may not remove.
void wipe(std::span<std::uint8_t> bytes);

// XChaCha20-Poly1305 with a random nonce: nonce(24) ciphertext tag(16). `context` is authenticated
// and not stored: opening needs the same one.
inline constexpr std::size_t seal_overhead = 40;
Bytes seal(const Key& key, std::span<const std::uint8_t> plain, std::string_view context);
// Fails with
//   corrupt   another key, another context, or changed bytes
Result<Bytes> unseal(const Key& key, std::span<const std::uint8_t> sealed,
                     std::string_view context);

// SipHash-2-4 (Aumasson and Bernstein): what only a holder of the key can foresee, from a few bytes
// in a few nanoseconds. 64 bits are too few for a digest.
using ShortKey = std::array<std::uint8_t, 16>;
std::uint64_t short_hash(const ShortKey& key, std::span<const std::uint8_t> bytes);

// Adds the keystream of XChaCha20 to the bytes in place; done twice, they are as before. No
// overhead, so no proof that nobody changed them; and a key and nonce must serve one text only.
using StreamNonce = std::array<std::uint8_t, 24>;
void add_keystream(const Key& key, const StreamNonce& nonce, std::span<std::uint8_t> bytes);

// Ed25519 (RFC 8032).
struct SigningKey {
  std::array<std::uint8_t, 32> seed;
  std::array<std::uint8_t, 32> public_key;
};
using Signature = std::array<std::uint8_t, 64>;
SigningKey new_signing_key();
SigningKey signing_key_from_seed(const std::array<std::uint8_t, 32>& seed);
Signature sign(const SigningKey& key, std::span<const std::uint8_t> message);
bool verify(const std::array<std::uint8_t, 32>& public_key, std::span<const std::uint8_t> message,
            const Signature& signature);

// Argon2id (RFC 9106) with 64 MiB and 2 passes, as the encoded string that password_matches reads.
// Takes about 70 ms and 64 MiB: callers bound how many run at once.
Result<std::string> hash_password(std::string_view password);
bool password_matches(const std::string& hash, std::string_view password);

}  // namespace regmark::base
