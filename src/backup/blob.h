// One file of a backup, sealed under a key of its own in pieces of a mebibyte.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::backup {

// Makes `blob` from the first `size` bytes of `file`, which may grow meanwhile; durable on return,
// but for its name. Fails with
//   unavailable   the disk is full or away, or the file is shorter
Result<void> write_blob(const std::filesystem::path& file, std::uint64_t size,
                        const std::filesystem::path& blob, const base::Key& key);

// Opens all of it from the disk, gives each piece to `take`, which may fail, and says how many
// bytes they were. Fails with
//   corrupt       no such blob, another key, or changed, missing or added bytes
//   unavailable   the disk is away
Result<std::uint64_t> read_blob(
    const std::filesystem::path& blob, const base::Key& key,
    const std::function<Result<void>(std::span<const std::uint8_t>)>& take);

// How large the blob of a file of so many bytes is.
std::uint64_t blob_size(std::uint64_t size);

}  // namespace regmark::backup
