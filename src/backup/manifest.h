// What a backup holds: every file with the key that opens its blob. docs/formats/backup.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::backup {

inline constexpr std::size_t manifest_size_max = std::size_t{1} << 30U;  // some millions of files

struct BackedFile {
  std::string path{};  // below the data folder, such as "audit/checkpoint"
  std::uint64_t size = 0;
  std::int64_t written = 0;  // when the file was last written, in nanoseconds: to know it again
  base::Key key{};           // of its blob
  std::string blob{};        // the blob's name: 32 hexadecimal digits
  friend bool operator==(const BackedFile&, const BackedFile&) = default;
};

struct Manifest {
  std::uint64_t generation = 0;  // each backup of an office has a higher one
  base::UtcTime made_at{};
  std::string checkpoint{};  // of the audit log, as it is in the backup
  std::vector<BackedFile> files{};
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

std::string to_text(const Manifest& manifest);
// Fails with
//   corrupt   anything that to_text() would not have written, or a path that leads elsewhere
Result<Manifest> parse_manifest(std::string_view text);

}  // namespace regmark::backup
