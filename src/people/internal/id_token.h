// What an identity provider says, and whether it holds: pure functions. Tokens are JWTs (RFC 7519)
// signed as RS256, PS256 or ES256; "none" and keys that both sides would know are never taken.
//
// Failures have one of a few messages of ours, which repeat nothing that came from outside, so that
// they may stand in the log. Sizes are bounded before anything is read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::people {

inline constexpr std::size_t token_size_max = std::size_t{64} << 10U;
inline constexpr std::size_t provider_keys_max = 64;
inline constexpr std::size_t claim_size_max = 255;

// Where a provider says that it answers.
struct Discovered {
  std::string issuer, authorization, token, keys;
  bool names_itself = false;  // in the address to which it sends browsers back (RFC 9207)
};
// Fails with
//   invalid_input   no such JSON, or a part that we need is missing
Result<Discovered> read_discovery(std::string_view json);

// One of its public keys (RFC 7517).
struct ProviderKey {
  std::string id, kind, algorithm;  // algorithm: empty where it does not say
  base::Bytes first, second;        // RSA: modulus and exponent; EC: x and y
};
// Those that we could use: RSA and P-256, for signatures, with an id; others are left out. Fails
// with
//   invalid_input   no such JSON, more than provider_keys_max, two of one id
Result<std::vector<ProviderKey>> read_provider_keys(std::string_view json);

// The token in the answer to a code. Fails with
//   invalid_input   none is there
Result<std::string> read_token_reply(std::string_view json);

struct Claims {
  std::string issuer, subject, name, nonce, authorized_party, acr;
  std::vector<std::string> audience, amr;
  // Seconds since 1970; none where it does not say.
  std::optional<std::int64_t> expires, issued, not_before, authenticated;
};

struct Token {
  std::string algorithm, key_id, signed_part;
  base::Bytes signature;
  Claims claims;
};
// Takes a token apart and checks nothing. `claim` is the one that becomes Claims::name. Fails with
//   invalid_input   no JWT, larger than token_size_max, or one that asks for what we do not know
Result<Token> read_token(std::string_view text, const std::string& claim);

// Whether the key signed this. The algorithm must be one that we take and that fits the key.
bool signature_holds(const ProviderKey& key, std::string_view algorithm,
                     std::span<const std::uint8_t> text, std::span<const std::uint8_t> signature);

struct Expected {
  std::string issuer, client_id, nonce;
  base::UtcTime now;
  base::UtcTime
      shown_since;  // when they must have shown the provider who they are, at the earliest
};
// Fails, in this order, with
//   not_found       signed with a key that is not among these
//   invalid_input   the signature; issuer; audience; times; nonce; who it is
Result<Claims> check_token(const Token& token, std::span<const ProviderKey> keys,
                           const Expected& expected);

}  // namespace regmark::people
