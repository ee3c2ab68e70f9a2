// Proofs to hand to others, read from the tiles of a log folder. To check one needs no folder:
// merkle.h and a checkpoint do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "audit/merkle.h"
#include "base/result.h"

namespace regmark::audit {

// That record `number` stands in the tree of the first `size` records; for proves_inclusion().
// Fails with
//   invalid_input   number is not under size
//   corrupt         the folder has no such tree
//   unavailable     the disk is away
Result<std::vector<base::Digest>> inclusion_proof(const std::filesystem::path& folder,
                                                  std::uint64_t number, std::uint64_t size);

// That the tree of `size` records only added to that of `old_size`; for proves_consistency().
// Fails as inclusion_proof does.
Result<std::vector<base::Digest>> consistency_proof(const std::filesystem::path& folder,
                                                    std::uint64_t old_size, std::uint64_t size);

}  // namespace regmark::audit
