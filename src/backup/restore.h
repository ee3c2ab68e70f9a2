// The way back from a backup to a data folder.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/result.h"
#include "base/sealed_box.h"
#include "base/time.h"

namespace regmark::backup {

struct Restored {
  std::uint64_t generation = 0;
  base::UtcTime made_at{};
  std::uint64_t files = 0, bytes = 0;
  std::uint64_t records = 0;  // of the audit log, which was verified
};

struct RestoreFrom {
  std::filesystem::path folder;
  std::filesystem::path ring;  // the newest
  base::BoxKey key;
  // The public key of the audit log, from elsewhere: the backup must be of this office.
  std::optional<base::Key> log_key{};
};

// Makes the data folder, which is empty or not there. All of the backup is opened, and its audit
// log verified, before there is a data folder; whatever goes wrong leaves none. What the office
// finds past retention it erases when it opens the folder. Fails with, in this order:
//   conflict        the data folder is not empty
//   invalid_input   the folder holds no backup; the key ring is of another backup than is in it
//   corrupt         the ring does not open with this key; something in the backup is missing or
//                   changed; the audit log does not hold, or is another office's
//   unavailable     a disk is full or away
Result<Restored> restore(const RestoreFrom& from, const std::filesystem::path& data);

// In a data folder that was restored, until the office has put it on record.
std::filesystem::path restored_note(const std::filesystem::path& data);

}  // namespace regmark::backup
