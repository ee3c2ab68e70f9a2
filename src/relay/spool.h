// Reads that wait on the sender's disk until the office has them: bounded, encrypted, first in
// first out. The format is in docs/formats/spool.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/files.h"
#include "base/result.h"

namespace regmark::relay {

// One read on its way: the JSON object the office wants, without "sent", and its pictures.
struct Item {
  std::string read;
  base::Bytes plate_picture;     // JPEG, or none
  base::Bytes overview_picture;  // JPEG, or none
};

inline constexpr std::size_t item_size_max = std::size_t{2} << 20U;

struct SpoolSettings {
  std::filesystem::path folder;
  base::Key key;
  std::uint64_t bytes_max = std::uint64_t{4} << 30U;  // about 150,000 reads with pictures
  std::uint64_t segment_bytes = std::uint64_t{16}
                                << 20U;  // a file is removed when all of it is sent
  // What waits longer is forgotten: an office that keeps reads for a year would refuse it anyway,
  // and one that never comes back must not leave them lying here.
  std::chrono::days age_max{365};
};

// May be used from many threads at once; one process at a time (a lock in the folder).
//
// Invariant: what add() acknowledged is on the disk until remove_front() acknowledged its removal,
// whatever kills the process in between, or until it has waited for age_max: then its segment goes,
// when the spool is opened or next read. An item that was half written when the power went was
// never acknowledged, and is cut off when the spool is opened again.
class Spool {
 public:
  // Fails with
  //   conflict      another process sends from this folder
  //   corrupt       the key is another one, or bytes in the middle were changed
  //   unavailable   the disk is away
  static Result<std::unique_ptr<Spool>> open(const SpoolSettings& settings);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // Durable on return. Fails with, in this order:
  //   limit_exceeded   the item is larger than item_size_max, or the spool is full
  //   unavailable      the disk is full or away; the spool is as before
  Result<void> add(const Item& item);

  // The oldest items, not removed: at most `count`, and together at most `bytes` unless the first
  // alone is larger.
  //   corrupt          stored bytes were changed
  Result<std::vector<Item>> front(std::size_t count, std::size_t bytes);

  // Forgets the oldest `count` items, which the office has. Durable on return.
  Result<void> remove_front(std::size_t count);

  std::size_t size() const;
  std::uint64_t bytes() const;

 private:
  struct Place {  // of one item
    std::uint64_t segment;
    std::uint64_t offset;
    std::uint32_t size;
  };
  Spool(const SpoolSettings& settings, base::FileLock lock);
  Result<void> check_key() const;
  Result<void> load();
  Result<void> load_segment(std::uint64_t segment, std::uint64_t from);
  Result<void> start_segment();
  bool is_over(std::uint64_t segment) const;
  void forget_what_is_over();
  Result<base::Bytes> sealed_at(const Place& place) const;
  std::filesystem::path path_of(std::uint64_t segment) const;
  Result<void> write_mark(const Place& next);

  const SpoolSettings settings_;
  base::FileLock lock_;
  mutable std::mutex mutex_;
  std::deque<Place> waiting_;      // under mutex_
  std::uint64_t bytes_ = 0;        // of what waits, under mutex_
  std::uint64_t segment_ = 0;      // being written, under mutex_
  std::uint64_t segment_end_ = 0;  // under mutex_
  int file_ = -1;                  // of segment_, under mutex_
};

// Reads the key from a file, or makes one there that only its owner may read.
//   corrupt       the file does not hold a key
//   unavailable   it cannot be read or made
Result<base::Key> spool_key(const std::filesystem::path& file);

}  // namespace regmark::relay
