// The signed statement of how large the log is and what its root is: a C2SP tlog-checkpoint, which
// is a C2SP signed-note, with an Ed25519 signature.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "audit/verifier_key.h"
#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

// Room for sixteen witnesses with post-quantum signatures of 5 kB each.
inline constexpr std::size_t checkpoint_size_max = 128 * 1024;
inline constexpr std::size_t signatures_max = 100;
inline constexpr std::size_t origin_size_max = 255;

struct Checkpoint {
  std::string origin;  // the log's own name, such as "police.example/anpr-audit"
  std::uint64_t size = 0;
  base::Digest root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// 1 to 255 printable ASCII characters, none a blank or '+', as key names must be.
bool is_origin(std::string_view text);

// The origin must be one.
std::string sign_checkpoint(const Checkpoint& checkpoint, const base::SigningKey& key);

// Reads a note and believes it only under this key and the origin it names; signatures by other
// keys are passed over. Fails with
//   corrupt   not a checkpoint, or no signature by that key holds
Result<Checkpoint> open_checkpoint(std::string_view note, const PublicKey& key);

// The parts that the above are made of, and that vectors of others are checked against.
std::string sign_note(std::string_view text, std::string_view key_name,
                      const base::SigningKey& key);
Result<std::string> open_note(std::string_view note, std::string_view key_name,
                              const PublicKey& key);

}  // namespace regmark::audit
