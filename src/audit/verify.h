// Checks a log folder as a stranger would: from the folder, the public key, and what was kept from
// earlier.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "audit/checkpoint.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

// Records of one day whose details are not in the folder.
struct MissingDetails {
  base::UtcDay day;
  std::uint64_t count = 0;
  std::uint64_t first = 0;  // the lowest number among them
  friend bool operator==(const MissingDetails&, const MissingDetails&) = default;
};

// What verify() found in a log folder.
struct Verified {
  std::uint64_t size = 0;
  base::Digest root{};
  std::uint64_t details_missing = 0;  // erased, or not in the folder
  // Of those, the ones that no later erasure leaf names, by day. Who was given the public half
  // only will find all of the younger ones here: that is for the caller to judge.
  std::vector<MissingDetails> unexplained;
  // The latest day that an erasure leaf names: details of days before it were to go.
  std::optional<base::UtcDay> erased_before;
};

// Needs only the folder and the public key: recomputes every hash. May run beside an open log.
// That an old folder with its own old checkpoint was put back, or that another history was written
// from there, cannot be seen from the folder, but by what witnesses signed of it there (cosigned/):
// give the checkpoints that you kept (opened with
// open_checkpoint), each of which must be over a beginning of this log. Fails with
//   not_found     there is no log in the folder
//   corrupt       the log is another one than that of a checkpoint that was kept, or is in
//                 cosigned/, was rolled back or forked since, or which leaf, tile or signature does
//                 not hold
//   unavailable   the disk is away
Result<Verified> verify(const std::filesystem::path& folder, const PublicKey& public_key,
                        std::span<const Checkpoint> kept = {});

}  // namespace regmark::audit
