// The Merkle tree of RFC 6962 (section 2.1) with SHA-256: roots, and proofs that need no trust.
// Pure functions and plain values; where the hashes are kept is not known here.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

base::Digest leaf_hash(std::span<const std::uint8_t> entry);
base::Digest node_hash(const base::Digest& left, const base::Digest& right);

// MTH of leaves whose hashes are these; of none, the hash of nothing.
base::Digest root_of(std::span<const base::Digest> leaves);

// The hash of the whole subtree over leaves [index * 2^height, (index + 1) * 2^height).
using Subtree = std::function<Result<base::Digest>(unsigned height, std::uint64_t index)>;

// At most this many hashes prove anything in a tree of under 2^64 leaves.
inline constexpr std::size_t proof_length_max = 128;

// The hashes that lead from leaf `index` to the root of the first `size` leaves. Fails with
//   invalid_input   index is not under size
//   and as `subtree` does
Result<std::vector<base::Digest>> inclusion_path(std::uint64_t index, std::uint64_t size,
                                                 const Subtree& subtree);

// The hashes that show that the first `size` leaves begin with the first `old_size`. Fails with
//   invalid_input   old_size is not 1 to size
//   and as `subtree` does
Result<std::vector<base::Digest>> consistency_path(std::uint64_t old_size, std::uint64_t size,
                                                   const Subtree& subtree);

bool proves_inclusion(const base::Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const base::Digest> path, const base::Digest& root);

bool proves_consistency(std::uint64_t old_size, const base::Digest& old_root, std::uint64_t size,
                        const base::Digest& root, std::span<const base::Digest> path);

}  // namespace regmark::audit
