// The newest records, up to 255 of them, until they fill a bundle: the one file that is synced for
// each group.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "audit/internal/details.h"
#include "base/crypto.h"
#include "base/result.h"

namespace regmark::audit {

// A group is its records, each 0x01, a frame of details, an entry; and then 0x02 and the signed
// checkpoint over all up to it, with its size in two bytes.
void add_record(base::Bytes& journal, const Details& details, std::span<const std::uint8_t> leaf);
void add_seal(base::Bytes& journal, std::string_view checkpoint);

struct JournalRecord {
  Details details;
  std::span<const std::uint8_t> leaf;  // points into the bytes
};

struct Seal {
  std::size_t records = 0;  // of the journal, before it
  std::string_view checkpoint;
  std::size_t end = 0;  // where the group ends in the file
};

struct Journal {
  std::vector<JournalRecord> records;  // also those that no seal follows
  std::vector<Seal> seals;
};

// Reads until the bytes end or do not read.
Journal read_journal(std::span<const std::uint8_t> bytes, std::uint64_t index);

std::filesystem::path journal_path(std::uint64_t index);

// 256 groups of one record each.
inline constexpr std::size_t journal_size_max =
    256 * (1 + 44 + record_size_max + 2 + 65'535 + 1 + 2 + 65'535);

}  // namespace regmark::audit
