// From a place in the store to the read that lies there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sightings/rocksdb/contents.h"

namespace regmark::sightings::rocks {

// Keeps a slice from being taken away while its rows are read.
class SliceUse {
 public:
  // Its texts are loaded then. Null: there is no such slice, or no longer. Fails with
  //   corrupt       its texts are damaged
  //   unavailable   the disk is away
  static Result<std::shared_ptr<const SliceUse>> take(const Contents& contents, DayNumber day);
  const Slice& slice() const { return *slice_; }

 private:
  explicit SliceUse(SlicePointer slice) : slice_(std::move(slice)), lock_(slice_->in_use) {}
  SlicePointer slice_;
  std::shared_lock<std::shared_mutex> lock_;
};

struct StoredRead {
  std::shared_ptr<const SliceUse> use;
  Pass pass;
  internal::Row row;
};

// Reads the row of a pass that was seen, in a slice in use; nullopt: it was erased since. Fails
// with
//   corrupt       the pass stands and has no row, or it cannot be read
//   unavailable   the disk is away
Result<std::optional<internal::Row>> read_row(const Contents& contents, const Slice& slice,
                                              PlateNumber plate, const Pass& pass);
// The same from what was read already.
Result<internal::Row> decode_stored(const Contents& contents, const Slice& slice, PlateNumber plate,
                                    const Pass& pass, std::string_view key, std::string_view value);

// The row of what a hold has marked, which nothing erases. Fails as read_row() does, and with
//   corrupt   there is none
Result<internal::Row> read_marked(const Contents& contents, const Slice& slice, const Pass& pass);

// One of a row's pictures, opened. Fails with
//   corrupt       the pack, or the picture's seal or sum, is not what was written
//   unavailable   the disk is away
Result<base::Bytes> read_picture(const Contents& contents, const Slice& slice,
                                 const internal::Row& row, std::size_t which);

// The read of this id in a slice that is not gone; nullopt: none. `entries` is the value of its key
// in Space::ids.
Result<std::optional<StoredRead>> find_by_entries(const Contents& contents, const plate::ReadId& id,
                                                  std::string_view entries);
Result<std::optional<StoredRead>> find_by_id(const Contents& contents, const plate::ReadId& id);

}  // namespace regmark::sightings::rocks
