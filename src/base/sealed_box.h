// Sealing for somebody whose secret key is elsewhere: whoever seals cannot open it again.
#pragma once

#include <span>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::base {

// X25519.
struct BoxKey {
  Key secret{};
  Key public_key{};
};
BoxKey new_box_key();
BoxKey box_key_from_secret(const Key& secret);

// libsodium's sealed box: an ephemeral X25519 key, XSalsa20-Poly1305.
inline constexpr std::size_t box_overhead = 48;
Bytes seal_box(const Key& public_key, std::span<const std::uint8_t> plain);
// Fails with
//   corrupt   sealed for another key, or changed bytes
Result<Bytes> open_box(const BoxKey& key, std::span<const std::uint8_t> sealed);

}  // namespace regmark::base
