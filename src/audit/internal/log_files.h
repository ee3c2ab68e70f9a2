// The folder of the log as one writer sees it: what is durable when, and what a crash leaves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/internal/append_file.h"
#include "audit/internal/details.h"
#include "audit/internal/journal.h"
#include "audit/internal/tiles.h"
#include "base/crypto.h"
#include "base/files.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

struct Record {
  base::Bytes leaf;
  Details details;  // its number is given by append()
};

// One caller at a time.
//
// A group of records is appended to the journal together with the signed checkpoint over it, and
// synced once: from then on it is durable. Partial tiles and the file `checkpoint` follow without
// a sync: after a power cut open() makes them again from the journal. When a bundle is full, its
// entries, details and tiles get files of their own, each synced, and the checkpoint too; only
// then is the journal removed. A group without a whole checkpoint behind it was never acknowledged,
// and open() cuts it off.
class LogFiles {
 public:
  // Fails as Log::open does.
  static Result<std::unique_ptr<LogFiles>> open(const std::filesystem::path& folder,
                                                const base::SigningKey& key,
                                                const std::string& origin);

  std::uint64_t size() const { return edge_.size(); }
  const std::string& checkpoint() const { return checkpoint_; }
  // How many records the next append() may bring: 1 to tile_width.
  std::size_t room() const { return tile_width - edge_.size() % tile_width; }

  // Adds records, at most room(), and numbers them from size(). Fails with
  //   unavailable   the disk is full or away: none was added
  Result<void> append(std::span<Record* const> records);

  // Whether erase_details would erase anything.
  Result<bool> has_details(base::UtcDay before) const;
  // Erases the details of records under `end` whose day is before this one; gives how many they
  // were. Fails as Log::erase_details does.
  Result<std::uint64_t> erase_details(base::UtcDay before, std::uint64_t end);

 private:
  LogFiles(std::filesystem::path folder, const base::SigningKey& key, std::string origin,
           base::FileLock lock);
  Result<void> create();
  Result<void> load(std::string_view note);
  Result<void> load_edge(std::uint64_t size);
  Result<std::uint64_t> newest_bundle() const;
  bool holds(const Journal& journal, const Seal& seal) const;
  Result<std::optional<Seal>> newest_seal(const Journal& journal) const;
  Result<void> replay(std::span<const JournalRecord> records, const Checkpoint& claimed);
  std::vector<std::filesystem::path> partials_at(std::uint64_t size) const;
  Result<void> open_journal();
  // The tiles that they filled.
  std::vector<FullTile> add(std::span<const std::uint8_t> leaf, const Details& details);
  std::string next_checkpoint() const;
  Result<void> write(std::span<Record* const> records);
  Result<void> publish(const std::vector<FullTile>& filled, const std::string& note);
  Result<void> publish_tiles(const std::vector<FullTile>& filled);
  Result<void> publish_checkpoint(const std::string& note);
  void close_bundle();
  void remove_stale();
  Result<bool> file_has_details(std::uint64_t index, base::UtcDay before) const;
  Result<bool> journal_has_details(base::UtcDay before) const;
  Result<std::uint64_t> erase_file(std::uint64_t index, base::UtcDay before, std::uint64_t end);
  Result<std::uint64_t> erase_journal(base::UtcDay before, std::uint64_t end);

  std::filesystem::path folder_;
  base::SigningKey key_;
  std::string origin_;
  base::FileLock lock_;
  Edge edge_;
  base::Bytes bundle_;  // entries, and
  base::Bytes frames_;  // details, of the bundle that is not full yet
  AppendFile journal_;
  std::string checkpoint_;                           // as the file has it
  std::vector<std::filesystem::path> partials_;      // of the checkpoint that stands
  std::vector<std::filesystem::path> new_partials_;  // of the one being made
  bool is_broken_ = false;
};

}  // namespace regmark::audit
