// A file that only grows, unless a failed write must be taken back.
#pragma once

#include <filesystem>
#include <span>

#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

class AppendFile {
 public:
  AppendFile() = default;
  // Opens or makes the file, readable by its owner only. The caller syncs the folder. Each fails
  // with
  //   unavailable   the disk is full or away
  static Result<AppendFile> open(const std::filesystem::path& path);
  // Makes the file; also fails when there is one.
  static Result<AppendFile> create(const std::filesystem::path& path);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&& other) noexcept;
  ~AppendFile();

  bool is_open() const { return file_ >= 0; }
  std::size_t size() const { return size_; }
  // After a failure the file may be longer than size(); cut() it.
  Result<void> append(std::span<const std::uint8_t> bytes);
  Result<void> sync();
  Result<void> cut(std::size_t size);

 private:
  int file_ = -1;
  std::size_t size_ = 0;
};

}  // namespace regmark::audit
