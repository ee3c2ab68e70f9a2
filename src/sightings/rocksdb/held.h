// Reads that are held for a case: the marks on them while their slice stands, and the copies that
// outlive it, under a key of the hold's own.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "sightings/rocksdb/contents.h"
#include "sightings/rocksdb/finder.h"

namespace regmark::sightings::rocks {

// In Space::slices, under the read's day: what is in a short slice is never marked, but copied.
std::string mark_key(const Pass& pass, const base::HoldId& hold);
struct Mark {
  Pass pass;
  base::HoldId hold;
};
std::optional<Mark> parse_mark_key(std::string_view key);
// All marks of a day. Fails with
//   corrupt       a mark cannot be read
//   unavailable   the disk is away
Result<std::vector<Mark>> marks_of(const Engine& engine, DayNumber day);

// A copy. Its row's places say only whether a picture was copied: pack 1, or 0.
struct HeldRead {
  base::HoldId hold;
  Pass pass;
  internal::Row row;
};

// Copies a read into Space::held; pictures are given in the order of the row's, empty: none.
// Fails with
//   corrupt       the hold's key is damaged
//   unavailable   the disk is full or away
Result<void> put_held(const Contents& contents, rocksdb::WriteBatch& batch, const HeldRead& held,
                      const std::vector<base::Bytes>& pictures);
// Copies what a slice has of a read. Fails likewise, and with
//   corrupt       the slice has no such read, or it cannot be read
enum class Pictures : std::uint8_t { copied, left };
Result<void> copy_held_read(const Contents& contents, const Slice& slice, const Mark& mark,
                            Pictures pictures, rocksdb::WriteBatch& batch);
// Copies are made durable together, up to so many bytes at a time.
inline constexpr std::size_t copies_size = std::size_t{8} << 20U;
bool has_held(const Contents& contents, const base::HoldId& hold, const Pass& pass);

// Marked, or copied out.
bool is_held(const Contents& contents, const base::HoldId& hold, const Pass& pass);

// These fail with
//   corrupt       something held cannot be read
//   unavailable   the disk is away
using EachHeld = std::function<Result<void>(HeldRead)>;
// Every copy of one hold, or of all.
Result<void> each_held(const Contents& contents, const std::optional<base::HoldId>& hold,
                       const EachHeld& each);
// The copies of one read, one for each hold.
Result<std::vector<HeldRead>> held_of(const Contents& contents, const plate::ReadId& id);
// How many copies each hold has of each day's reads, but of short slices'.
using HeldCounts = std::map<DayNumber, std::map<base::HoldId, std::uint64_t>>;
Result<HeldCounts> held_by_day(const Engine& engine);
// The copies of what was in short slices, each with its hold.
Result<std::vector<Mark>> held_of_short(const Engine& engine);
// Deletes every copy whose hold has no key.
Result<void> strike_held(const Engine& engine, const KeyRing& keys, rocksdb::WriteBatch& batch);
// Deletes one copy.
void delete_copy(const Contents& contents, rocksdb::WriteBatch& batch, const HeldRead& held);
// Deletes every copy of this hold and gives how many reads they were; its key is left.
Result<std::uint64_t> delete_held(const Contents& contents, rocksdb::WriteBatch& batch,
                                  const base::HoldId& hold);
// What is marked for one hold, or for any, and has no copy, in slices that are not gone, and was
// observed in this time.
Result<void> each_marked(const Contents& contents, const std::optional<base::HoldId>& hold,
                         const access::Window& observed, const EachHeld& each);
Result<base::Bytes> held_picture(const Contents& contents, const HeldRead& held,
                                 plate::PictureKind kind);

}  // namespace regmark::sightings::rocks
