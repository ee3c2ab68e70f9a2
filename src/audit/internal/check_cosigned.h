// What is kept in a log's folder of what witnesses signed, held against the log's own key.
#pragma once

#include <filesystem>
#include <vector>

#include "audit/checkpoint.h"
#include "base/result.h"

namespace regmark::audit {

inline constexpr std::size_t cosigned_files_max = 1'000;

// Each must be over a beginning of the log. Whether the witness's own line holds needs its key:
// read_cosigned(). A folder without any gives none. Fails with
//   corrupt       which file does not hold a checkpoint that the log signed, or has no line by the
//                 key that it is named by
//   unavailable   the disk is away
Result<std::vector<Checkpoint>> read_all_cosigned(const std::filesystem::path& folder,
                                                  const PublicKey& log);

}  // namespace regmark::audit
