// The bytes of one entry of the log: the public part and the commitment, in one way only.
#pragma once

#include <span>

#include "audit/log.h"
#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

// What stands in the tree. Nothing in it tells of a person, a plate or a place.
struct Leaf {
  PublicPart shown;
  base::Digest commitment;  // SHA-256 of salt and details
};

// Words of a public part are 1 to 64 of a-z 0-9 _: too few for a name or a plate to slip in.
inline constexpr std::size_t word_size_max = 64;

// Fails with
//   invalid_input   a word of the public part has other characters, or the day is before 1970
Result<base::Bytes> encode(const Leaf& leaf);
// Fails with
//   corrupt   bytes that encode() would not have written
Result<Leaf> decode_leaf(std::span<const std::uint8_t> bytes);

}  // namespace regmark::audit
