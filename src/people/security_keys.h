// Security keys (WebAuthn Level 2) as a second factor: what goes to a browser, and what comes back.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/ids.h"
#include "base/time.h"
#include "base/word_table.h"

namespace regmark::people {

struct SecurityKeyTag {
  static constexpr std::string_view noun = "key";
};
using SecurityKeyId = base::Id<SecurityKeyTag>;

inline constexpr std::size_t security_keys_max = 10;  // of one person
inline constexpr std::size_t security_key_name_size_max = 64;
// A credential's id is limited by WebAuthn itself; the rest is several times what keys send.
inline constexpr std::size_t credential_size_max = 1'023;
inline constexpr std::size_t client_data_size_max = 4'096;
inline constexpr std::size_t authenticator_data_size_max = 4'096;
inline constexpr std::size_t key_signature_size_max = 1'024;
inline constexpr std::size_t challenge_size = 72;  // random bytes, a time, and our mark on both
// From the office's question to the key's answer: time to find it and touch it.
inline constexpr std::chrono::minutes challenge_time{5};

// Kinds of keys that are taken, as COSE numbers them and in the order in which they are wanted:
// ES256, EdDSA, ES384, RS256.
inline constexpr std::array key_algorithms{-7, -8, -35, -257};

// Whether the key itself asks who holds it, by a PIN or a finger.
enum class UserVerification { required, preferred, discouraged };
inline constexpr base::Words<UserVerification, 3> user_verification_words{{
    {UserVerification::required, "required"},
    {UserVerification::preferred, "preferred"},
    {UserVerification::discouraged, "discouraged"},
}};

// For which site keys are made, and from which of its pages. Always configured, never taken from a
// request: a page of another site could say anything.
struct SecurityKeyRules {
  std::string rp_id;                 // a host's name
  std::vector<std::string> origins;  // "https://anpr.example:8600"
  UserVerification user_verification = UserVerification::preferred;
};

// What a browser has a key sign, once.
struct KeyChallenge {
  std::string challenge;                 // challenge_size bytes, in base64url
  std::vector<base::Bytes> credentials;  // of the person's keys
  SecurityKeyRules rules;
};

// What a key says to a challenge, as the browser hands it on.
struct KeyAnswer {
  base::Bytes credential, client_data, authenticator_data, signature;
};

// What a browser needs to make a key known to the office.
struct KeyRequest {
  KeyChallenge challenge;   // with the keys that are known already
  base::Bytes user_handle;  // stands for the person on the key, and says nothing about them
};

// What it says of the new key. No statement of who made it is asked for, and none is looked at.
struct NewKeyAnswer {
  std::string_view name;  // as its owner calls it
  base::Bytes client_data, authenticator_data;
};

struct AddedKey {
  SecurityKeyId id;
  std::vector<std::string> recovery_codes;  // with the first second factor; else none
};

struct KeyRecord {
  SecurityKeyId id;
  std::string name;
  base::UtcTime since;
  std::optional<base::UtcTime> used_at{};
};

}  // namespace regmark::people
