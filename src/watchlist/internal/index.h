// Plates to entries: an open-addressing hash table in buckets of one cache line.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "watchlist/matcher.h"
#include "watchlist/plate_code.h"

namespace regmark::watchlist::internal {

// Entries are found by their glyphs, so one look finds a plate and all its look-alikes. Grows
// never: its size is given at the start. Read it from any number of threads once it is filled.
//
// An entry that finds its own bucket full goes to the next with room; every full bucket it passed
// is marked, and a search goes on only over marked ones. At least one bucket has room, so every
// search ends.
class Index {
 public:
  explicit Index(std::size_t count_max);

  // More than count_max of them is a mistake of ours.
  void add(PlateCode plate, EntryNumber entry);

  // Where these glyphs belong: ask ahead for several, so that memory answers them together.
  std::size_t home(PlateCode glyphs) const;
  void fetch(std::size_t home) const { __builtin_prefetch(&buckets_[home]); }

  // Calls take(PlateCode, EntryNumber) for each entry that is drawn with these glyphs.
  template <typename Take>
  void find(PlateCode glyphs, std::size_t home, Take&& take) const {
    for (std::size_t at = home;; at = at + 1 == buckets_.size() ? 0 : at + 1) {
      const Bucket& bucket = buckets_[at];
      for (std::size_t slot = 0; slot < bucket_size; ++slot) {
        if (bucket.plates[slot].glyphs() == glyphs) take(bucket.plates[slot], bucket.entries[slot]);
      }
      if (bucket.passed == 0) return;
    }
  }

  // Calls take(PlateCode, EntryNumber) for every entry, in no order.
  template <typename Take>
  void each(Take&& take) const {
    for (const Bucket& bucket : buckets_) {
      for (std::size_t slot = 0; slot < bucket_size && !bucket.plates[slot].empty(); ++slot) {
        take(bucket.plates[slot], bucket.entries[slot]);
      }
    }
  }

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return sizeof *this + buckets_.size() * sizeof(Bucket); }

 private:
  static constexpr std::size_t bucket_size = 5;
  struct alignas(64) Bucket {
    std::array<PlateCode, bucket_size> plates;  // filled from the front
    std::array<EntryNumber, bucket_size> entries;
    std::uint32_t passed = 0;  // 1: an entry that belongs at or before here lies behind here
  };
  static_assert(sizeof(Bucket) == 64);

  std::vector<Bucket> buckets_;
  std::size_t count_max_;
  std::size_t size_ = 0;
};

}  // namespace regmark::watchlist::internal
