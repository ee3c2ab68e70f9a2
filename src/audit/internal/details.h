// The erasable half of the log: for each record a salt and what nobody outside may know. One file
// for each 256 records, one frame for each record; an erased one leaves an empty frame.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

// 1,000 cameras with names of 64 letters, and the rest of a permit, as JSON.
inline constexpr std::size_t record_size_max = 256 * 1024;

struct Details {
  std::uint64_t number = 0;
  std::array<std::uint8_t, 32> salt{};
  base::UtcTime at{};
  std::string json{};
  bool is_erased = false;  // then there is neither salt nor time nor JSON
};

// SHA-256 of the salt, the time and the JSON: what the leaf holds.
base::Digest commitment_of(const Details& details);

// number(8) size(4) salt(32) time(8) json, numbers big end first; size counts time and json.
// Erased: number(8) and a size of 0xffffffff, which no one wrong byte can make.
void add_frame(base::Bytes& file, const Details& details);

struct Frame {
  Details details;
  std::size_t size = 0;  // in the file
};
// Reads the frame of this number from the front; nothing when it does not read.
std::optional<Frame> read_frame(std::span<const std::uint8_t> bytes, std::uint64_t number);

inline constexpr std::size_t details_file_size_max = 256 * (44 + record_size_max);
std::filesystem::path details_path(std::uint64_t index);

// The details of the 256 records of file `index`. Fails with
//   not_found     there is no such file: all were erased, or the folder was given away without
//   corrupt       it has anything but 256 frames
//   unavailable   the disk is away
Result<std::vector<Details>> read_details(const std::filesystem::path& folder, std::uint64_t index);

}  // namespace regmark::audit
