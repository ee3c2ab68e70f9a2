// The plainest ZIP file: nothing compressed, one way to write it. Two programs that open one see
// the same files, which is more than the format promises: a file that another writer made, with
// hidden or double entries, is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regmark::evidence {

inline constexpr std::size_t zip_files_max = 5'000;
// 1,000 reads with two pictures each of the national standard's largest size.
inline constexpr std::size_t zip_size_max = 60U << 20U;
inline constexpr std::size_t zip_name_length_max = 100;

struct File {
  std::string name;  // 1 to zip_name_length_max of a-z A-Z 0-9 . _ - and / between folders
  std::string bytes;
  friend bool operator==(const File&, const File&) = default;
};

// The same files always give the same bytes. (APPNOTE.TXT 6.3.10, method 0.) Fails with, in this
// order:
//   limit_exceeded   past zip_files_max or zip_size_max
//   invalid_input    a name that is none, or stands twice
Result<std::string> write_zip(const std::vector<File>& files);

// Fails with
//   limit_exceeded   past zip_size_max
//   corrupt          anything that write_zip would not have written
Result<std::vector<File>> read_zip(std::string_view bytes);

}  // namespace regmark::evidence
