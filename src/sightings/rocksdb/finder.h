// One look through the slices, newest first, within limits.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "sightings/internal/limits.h"
#include "sightings/rocksdb/contents.h"
#include "sightings/rocksdb/lookup.h"

namespace regmark::sightings::rocks {

// Passes that one look may examine: about a second's worth.
inline constexpr std::size_t examined_max = 2'000'000;
// Of a day's plates that match, more than these are looked for by walking through the day instead:
// so are plates with more rows in a day than that.
inline constexpr std::size_t plates_max = 2'000;
inline constexpr std::size_t plate_rows_max = 100'000;
// A row that is fetched to see where it lies counts as much as this many passes.
inline constexpr std::size_t row_cost = 10;

struct Found {
  Pass pass;
  internal::Row row;
};

// The oldest slices that may be shown.
struct Oldest {
  base::UtcDay day;
  base::UtcTime short_from;  // short ones begin after this
  bool covers(const Slice& slice) const {
    return slice.is_short() ? slice.span.from > short_from : slice.day >= day;
  }
};

// Belongs to one thread.
class Finder {
 public:
  // Looks for reads older than `before`, of slices from `oldest` on. All of it outlives this.
  Finder(const Contents& contents, const internal::Limits& limits, const Oldest& oldest,
         std::optional<Pass> before);

  // The newest `wanted` there are. Fails with
  //   corrupt       something stored cannot be read
  //   unavailable   the disk is away
  Result<std::vector<Found>> look(std::size_t wanted);
  // Looking ended early: all that is not older than this was looked at. nullopt: it was all.
  const std::optional<Pass>& stopped_at() const { return stopped_at_; }

 private:
  struct Candidate;

  // What a day's own slice and its short ones have lies among one another in time; newest first.
  Result<void> look_in_day(const std::vector<SlicePointer>& slices);
  // Those that lie one after another, newest first, until there is enough.
  Result<void> look_in_turn(const std::vector<SlicePointer>& slices);
  Result<void> look_in(const Slice& slice);
  Result<std::optional<std::vector<PlateNumber>>> plates_of_day(const Slice& slice) const;
  // False: there are too many rows for this way.
  Result<bool> look_for(const Slice& slice, const std::vector<PlateNumber>& plates);
  Result<bool> gather(const Slice& slice, PlateNumber plate, std::vector<Candidate>& candidates);
  Result<void> walk(const Slice& slice);
  bool covers(const Pass& pass) const;
  bool enough() const { return found_.size() >= wanted_; }

  const Contents& contents_;
  const internal::Limits& limits_;
  const Oldest oldest_;
  const std::optional<Pass> before_;
  std::optional<std::set<std::uint32_t>> cameras_;  // nothing: any
  std::unique_ptr<rocksdb::Iterator> rows_;
  std::size_t wanted_ = 0;
  std::size_t examined_ = 0;
  std::vector<Found> found_;
  std::optional<Pass> stopped_at_;
};

}  // namespace regmark::sightings::rocks
