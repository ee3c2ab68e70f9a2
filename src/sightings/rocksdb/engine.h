// RocksDB as the store uses it: its key spaces, its settings, its errors as ours.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sightings/rocksdb/keys.h"

namespace regmark::sightings::rocks {

// The key spaces. The first is the one that every RocksDB has.
enum class Space : std::uint8_t {
  store,   // what is not of a slice: cameras, the slices themselves
  rows,    // plate first: the reads
  passes,  // camera first: which plate passed when
  ids,     // where a read is, by its id
  slices,  // what a slice has beside rows: texts, late plates, marks of holds, counters
  held,    // copies of held reads
};
inline constexpr std::size_t spaces = 6;

// Slices that are gone, or going. May be used from many threads at once.
class GoneDays {
 public:
  bool contains(DayNumber day) const {
    return (words_[day / 64U].load(std::memory_order_relaxed) >> (day % 64U) & 1U) != 0;
  }
  void add(DayNumber day) { words_[day / 64U].fetch_or(std::uint64_t{1} << (day % 64U)); }
  // A short slice's number stands for another one now.
  void remove(DayNumber day) { words_[day / 64U].fetch_and(~(std::uint64_t{1} << (day % 64U))); }

 private:
  std::array<std::atomic<std::uint64_t>, 65'536 / 64> words_{};
};

// A view of the store as it was at one moment. Must not outlive the engine.
class Moment {
 public:
  explicit Moment(rocksdb::DB& db) : db_(db), snapshot_(db.GetSnapshot()) {}
  Moment(const Moment&) = delete;
  Moment& operator=(const Moment&) = delete;
  ~Moment() { db_.ReleaseSnapshot(snapshot_); }
  const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  rocksdb::DB& db_;
  const rocksdb::Snapshot* snapshot_;
};

// RocksDB's answer as an error of ours. Its own text holds file names, never keys.
tl::unexpected<Error> failure(const rocksdb::Status& status);

inline std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

// May be used from many threads at once.
class Engine {
 public:
  // `gone` says which entries of `ids` compaction may forget. Fails with
  //   corrupt       what is on the disk does not hold together
  //   unavailable   the disk is full or away
  static Result<std::unique_ptr<Engine>> open(const std::filesystem::path& folder,
                                              const std::shared_ptr<const GoneDays>& gone);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* space(Space space) const {
    return handles_[static_cast<std::size_t>(space)];
  }

  // Durable on return. After a failure what is on the disk is not known until it is opened again:
  // failed() says so from then on.
  Result<void> write(rocksdb::WriteBatch& batch) const;
  bool failed() const { return failed_; }
  // nullopt: no such key.
  Result<std::optional<std::string>> get(Space space, std::string_view key) const;
  // All keys of a space from `from` to before `until`, in order or in reverse.
  std::unique_ptr<rocksdb::Iterator> scan(Space space, const rocksdb::ReadOptions& options) const;

  // Erases everything of a day from the spaces whose keys begin with it, files and all; durable on
  // return. Nobody may be reading the day. Fails with
  //   unavailable   the disk is full or away, or something is left: try again
  Result<void> erase_day(DayNumber day) const;
  // What was struck out of a day is, on return, in no file and no log. Fails with
  //   unavailable   the disk is full or away, or somebody looks at it as it was: try again
  Result<void> forget_struck(DayNumber day) const;
  // Rewrites a day that is over into files of its own, packed as small as they get.
  Result<void> settle_day(DayNumber day) const;
  // Links or copies its files to a new folder, as they are at one moment. Fails with
  //   unavailable   the disk is full or away, or there is such a folder
  Result<void> snapshot(const std::filesystem::path& folder) const;
  // Bytes of a day in those spaces, about.
  std::uint64_t bytes_of_day(DayNumber day) const;

 private:
  Engine() = default;
  Result<void> rewrite_day(DayNumber day, rocksdb::BottommostLevelCompaction bottom) const;
  Result<void> check_day_is_gone(DayNumber day) const;

  mutable std::atomic<bool> failed_ = false;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

// The keys that begin with a prefix; all keys, if it is empty.
class PrefixScan {
 public:
  PrefixScan(const PrefixScan&) = delete;
  PrefixScan& operator=(const PrefixScan&) = delete;
  // A scan of everything, under a snapshot, leaves the cache to others.
  PrefixScan(const Engine& engine, Space space, std::string prefix,
             const rocksdb::Snapshot* snapshot = nullptr);
  bool valid() const { return iterator_->Valid(); }
  void next() { iterator_->Next(); }
  std::string_view key() const { return view(iterator_->key()); }
  std::string_view value() const { return view(iterator_->value()); }
  // Must be asked when valid() says no: the end, or a failure.
  Result<void> ended() const;

 private:
  std::string prefix_;
  std::string end_;
  rocksdb::Slice end_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace regmark::sightings::rocks
