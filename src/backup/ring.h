// The key ring of a backup: without it, all of the backup is noise. docs/formats/backup.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "sightings/store.h"

namespace regmark::backup {

inline constexpr std::size_t ring_size_max = std::size_t{16} << 20U;

struct Ring {
  std::uint64_t generation = 0;  // of the backup that it opens
  base::UtcTime written_at{};    // it is written anew whenever a key is destroyed
  base::Key manifest_key{};
  base::Key master_key{};    // seals the slices' keys below
  base::Key signing_seed{};  // of the audit log
  std::vector<sightings::SealedKey> keys{};
};

std::string to_text(const Ring& ring);
// Fails with
//   corrupt   anything that to_text() would not have written
Result<Ring> parse_ring(std::string_view text);

}  // namespace regmark::backup
