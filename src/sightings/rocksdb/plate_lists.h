// The distinct plates of each slice, sorted: what makes a search with wildcards quick.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "sightings/internal/pattern.h"
#include "sightings/rocksdb/keys.h"

namespace regmark::sightings::rocks {

using internal::PlateWord;

// A sealed slice's list as a file: sealed under the slice's key. `words` are sorted and distinct.
// Fails with
//   unavailable   the disk is full or away
Result<void> write_plate_list(const std::filesystem::path& path, const base::Key& key,
                              std::span<const PlateWord> words);
// Fails with
//   corrupt       missing, damaged or of another slice
//   unavailable   the disk is away
Result<std::vector<PlateWord>> read_plate_list(const std::filesystem::path& path,
                                               const base::Key& key);

// Sorts, and leaves each word once.
void sort_distinct(std::vector<PlateWord>& words);

// Lists in memory take at most about this much; the least used go first.
inline constexpr std::size_t listed_plates_max = std::size_t{48} << 20U;  // 384 MiB

// Keeps the lists that were asked for, and keeps them up to date. May be used from many threads at
// once.
class PlateLists {
 public:
  // Gives all distinct plates that are durable when it is called, sorted.
  using Load = std::function<Result<std::vector<PlateWord>>()>;

  // Adds to `found` the plates of a slice that match, each once. Fails as `load` does.
  Result<void> match(DayNumber day, const internal::Pattern& pattern, const Load& load,
                     std::vector<PlateWord>& found);
  // These became durable.
  void add(DayNumber day, std::span<const PlateWord> words);
  void forget(DayNumber day);

 private:
  using Words = std::shared_ptr<const std::vector<PlateWord>>;
  struct List {
    std::mutex loading;            // held by the one that loads, so that others wait
    std::mutex mutex;              // for what follows; never held while loading
    bool wanted = false;           // `fresh` is being filled
    Words words;                   // null: not loaded
    std::vector<PlateWord> fresh;  // added since, in any order
    std::uint64_t last_use = 0;    // under PlateLists::mutex_
    std::size_t counted = 0;       // under PlateLists::mutex_
  };

  std::shared_ptr<List> list_of(DayNumber day);
  static Result<Words> words_of(List& list, const Load& load);
  void count(DayNumber day, const std::shared_ptr<List>& list, std::size_t size);

  std::mutex mutex_;
  std::map<DayNumber, std::shared_ptr<List>> lists_;
  std::size_t total_ = 0;
  std::uint64_t uses_ = 0;
};

}  // namespace regmark::sightings::rocks
