// The files of a place, and what the office remembers of it.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backup/backups.h"
#include "backup/manifest.h"
#include "backup/ring.h"

namespace regmark::backup::internal {

// In a place's folder:
//   regmark-backup   whose it is
//   manifest-7       of generation 7, sealed under the key that the ring has
//   blobs/3f/3f…     one for each file
std::filesystem::path mark_path(const std::filesystem::path& folder);
std::filesystem::path manifest_path(const std::filesystem::path& folder, std::uint64_t generation);
std::filesystem::path blob_path(const std::filesystem::path& folder, const std::string& blob);

// What stands in the mark: of the office whose audit log has this key.
std::string mark_of(const base::Key& public_key);
inline constexpr std::size_t mark_size_max = 256;

// Fails with
//   corrupt   another key, or changed bytes
base::Bytes seal_manifest(const base::Key& key, const Manifest& manifest);
Result<Manifest> open_manifest(const base::Key& key, std::span<const std::uint8_t> sealed);

// Leaves nothing there but this manifest and its blobs. Fails with
//   unavailable   the disk is away
Result<void> remove_others(const std::filesystem::path& folder, const Manifest& manifest);

// Replaces a file as base::write_file() does, and then overwrites the bytes of the one before.
Result<void> replace_secret(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);
// Overwrites a file, and unlinks it. No failure if there is none.
Result<void> destroy_file(const std::filesystem::path& path);

// In the data folder, so that unchanged files need not be written again, and rings can be.
struct Remembered {
  base::Key manifest_key{};
  // Of the ring's path, and of its bytes: of the old ones and the new while it is replaced. None: a
  // version of the program that did not write them down.
  std::optional<base::Digest> ring_at;
  std::vector<base::Digest> rings;
  std::set<std::string> keys_then;  // the names of those there were when the backup was made
  std::set<std::string> keys_now;   // of those in the ring
  Manifest manifest;
};
std::filesystem::path remembered_path(const std::filesystem::path& data, const Place& place);
// Nothing: never made, or it cannot be read; then a whole new backup is the answer.
std::optional<Remembered> remember(const std::filesystem::path& data, const Place& place);
Result<void> write_down(const std::filesystem::path& data, const Place& place,
                        const Remembered& remembered);

// What lies at the place now.
AtPlace look_at(const Place& place, const std::optional<Remembered>& remembered);
// Whether a ring may be written there: over the one that is remembered, or as the first of its
// place. What is missing is on a medium that is away, so no folder is made. Fails with
//   conflict      another ring lies there
//   unavailable   the ring's folder is away, or the ring that was there
Result<void> check_ring(const Place& place, const std::optional<Remembered>& remembered);
// Whether what was backed up there is there still; true when there was nothing.
bool has_manifest(const Place& place, const std::optional<Remembered>& remembered);
// Of the bytes of the ring that lies there; nothing: none that can be read.
std::optional<base::Digest> ring_there(const Place& place);
base::Digest ring_path_digest(const Place& place);

}  // namespace regmark::backup::internal
