// Every active entry of every list as it was at one moment, in memory, ready to be met.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/time.h"
#include "plate/read.h"
#include "watchlist/internal/tables.h"
#include "watchlist/matcher.h"

namespace regmark::watchlist::internal {

// What a hit needs to know of a list.
struct IndexedList {
  std::int64_t number;
  NewList about;
  std::optional<base::UtcTime> imported_at;
};

// Nothing changes in it but that entries may end: then no read meets them any more. May be used
// from many threads at once.
class Snapshot {
 public:
  // What the read meets now, best first: no ended entry, no muted list, and nothing near that is
  // less probable than its list asks for.
  std::vector<Match> find(const plate::Read& read, base::UtcTime now) const;

  std::int64_t row_of(EntryNumber entry) const;
  const IndexedList& list_of(EntryNumber entry) const { return lists_[entries_[entry].list]; }

  // The entry of this row ends now. Looks through all of them: for the act of a person.
  void end(std::int64_t row);

  // Those that have not ended by now: of all lists, or of one.
  std::size_t active(base::UtcTime now) const;
  std::size_t active(base::UtcTime now, std::int64_t list) const;
  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const;

 private:
  friend class SnapshotBuilder;

  // Seconds since 1970; a weed date beyond is none.
  using Seconds = std::uint32_t;
  static constexpr Seconds ended = 0;
  static constexpr Seconds never = ~Seconds{0};

  // Twelve bytes, and 18.3 in the matcher: 10 million entries are 303 MB.
  struct Entry {
    std::uint32_t row_low = 0;
    std::uint16_t row_high = 0;
    std::uint16_t list = 0;
    std::atomic<Seconds> expires{never};
  };
  static_assert(sizeof(Entry) == 12);

  Snapshot(std::vector<IndexedList> lists, std::size_t count)
      : lists_(std::move(lists)), entries_(count), expiring_(lists_.size()) {}
  static Seconds seconds_of(base::UtcTime time);
  std::size_t active_at(std::size_t place, Seconds now) const;  // under counting_

  std::vector<IndexedList> lists_;
  std::vector<Entry> entries_;
  std::shared_ptr<const Matcher> matcher_;
  mutable std::mutex counting_;
  // Under counting_: how many entries of each list end when. Weed dates are days, so they are few.
  std::vector<std::map<Seconds, std::size_t>> expiring_;
};

// For one thread.
class SnapshotBuilder {
 public:
  SnapshotBuilder(std::vector<IndexedList> lists, std::size_t count_max);

  // All that has not ended in another snapshot, but for one list. The lists must be among ours.
  void copy(const Snapshot& other, std::int64_t but_list);
  // The list must be among ours.
  void add(std::int64_t list, const IndexedEntry& entry);
  std::shared_ptr<Snapshot> build() &&;

 private:
  void add(std::size_t list, PlateCode plate, std::int64_t row, Snapshot::Seconds expires);
  std::size_t place_of(std::int64_t list) const;

  std::shared_ptr<Snapshot> snapshot_;
  MatcherBuilder matcher_;
  EntryNumber next_ = 0;
};

}  // namespace regmark::watchlist::internal
