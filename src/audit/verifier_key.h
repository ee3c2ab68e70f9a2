// Who may sign what: a name and a public key, in the one line of text that programs for signed
// notes share (C2SP signed-note, "verifier keys").
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace regmark::audit {

using PublicKey = std::array<std::uint8_t, 32>;

// The numbers are those of the specification.
enum class KeyKind : std::uint8_t {
  log = 1,      // Ed25519 over the note's text
  witness = 4,  // Ed25519 over the time and the note's text: a cosignature
};

struct VerifierKey {
  std::string name;
  KeyKind kind = KeyKind::log;
  PublicKey key{};
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

inline constexpr std::size_t verifier_key_size_max = 512;

// The first bytes of a hash over name, kind and key: tells keys apart, proves nothing.
using KeyId = std::array<std::uint8_t, 4>;
KeyId id_of(const VerifierKey& key);

// "police.example/audit+c74f20a3+ARpc2Q…". Its name must be one that is_origin takes.
std::string to_text(const VerifierKey& key);

// Reads such a line, with or without a newline behind it. Fails with
//   invalid_input   any other text, another kind of key, or an id that is not this key's
Result<VerifierKey> parse_verifier_key(std::string_view text);

}  // namespace regmark::audit
