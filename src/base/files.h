// Files that must last, or must be ours alone.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::base {

// Reads a whole file. Fails with, in this order:
//   not_found        there is no such file
//   unavailable      it cannot be read
//   limit_exceeded   it is larger than size_max
Result<Bytes> read_file(const std::filesystem::path& path, std::size_t size_max);

// Replaces a file so that a crash leaves the old one or the new one, whole: written beside it,
// synced, renamed, the folder synced. Durable on return. Readable by its owner only.
// Fails with
//   unavailable      the disk is full or away; the old file stands
Result<void> write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);

// Makes a folder (and those above it) that only its owner may enter.
Result<void> make_private_folder(const std::filesystem::path& path);

// Makes names that were added to, or removed from, a folder durable.
Result<void> sync_folder(const std::filesystem::path& path);

// Writes all of the bytes to an open file, whatever write(2) takes at once.
//   unavailable      the disk is full or away; a part may have been written
Result<void> write_all(int file, std::span<const std::uint8_t> bytes);

// A lock that one process holds as long as this lives.
class FileLock {
 public:
  // Fails with
  //   conflict        another process holds it
  //   unavailable     the file cannot be made
  static Result<FileLock> take(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace regmark::base
