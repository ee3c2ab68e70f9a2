// What a log sends to a witness: C2SP tlog-witness, the body of POST /add-checkpoint.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.h"
#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

inline constexpr std::size_t consistency_lines_max = 63;
// "old 18446744073709551615", so many hashes in base64, and a note.
inline constexpr std::size_t add_checkpoint_size_max =
    25 + consistency_lines_max * 45 + 1 + checkpoint_size_max;

struct AddCheckpoint {
  std::uint64_t old_size = 0;  // of the checkpoint that the witness signed last, as far as known
  std::vector<base::Digest> proof;  // that the new one continues it
  std::string note;
  friend bool operator==(const AddCheckpoint&, const AddCheckpoint&) = default;
};

std::string to_text(const AddCheckpoint& request);

// Fails with
//   invalid_input   anything that to_text would not have written; the note is not read here
Result<AddCheckpoint> read_add_checkpoint(std::string_view body);

}  // namespace regmark::audit
