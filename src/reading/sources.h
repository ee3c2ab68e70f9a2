// What the names on the command line stand for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "plate/read.h"

namespace regmark::reading {

enum class SourceKind : std::uint8_t { picture, video, stream, folder };

// By the scheme of an address, or the first bytes of a file: whatever is no picture may be a video.
// Fails with, in this order:
//   invalid_input   an address of another scheme
//   not_found       no such file
//   unavailable     it cannot be read
Result<SourceKind> kind_of(const std::string& source);

// The files of a folder whose names end like a picture's or a video's, sorted by name. Folders in
// it are not entered. Fails with
//   unavailable      the folder cannot be read
//   limit_exceeded   more than files_max files
Result<std::vector<std::string>> files_of(const std::filesystem::path& folder,
                                          std::size_t files_max);

// When a picture was taken: as its EXIF part says where that has an offset, else when the file was
// last written.
struct TakenAt {
  base::UtcTime at;
  plate::TimeSource by = plate::TimeSource::assumed;
};
Result<TakenAt> taken_at(const std::filesystem::path& path, std::span<const std::uint8_t> file);

}  // namespace regmark::reading
