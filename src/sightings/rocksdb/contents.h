// All that one opening of the store's folder holds. After a failed write it is thrown away and
// opened anew, so that memory never says other than the disk.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "sightings/rocksdb/cameras.h"
#include "sightings/rocksdb/engine.h"
#include "sightings/rocksdb/key_ring.h"
#include "sightings/rocksdb/packs.h"
#include "sightings/rocksdb/plate_lists.h"
#include "sightings/rocksdb/short_spans.h"
#include "sightings/rocksdb/slice.h"
#include "sightings/store.h"

namespace regmark::sightings::rocks {

using SlicePointer = std::shared_ptr<Slice>;

class Contents {
 public:
  // Makes what is not there. Fails as open_embedded() does.
  static Result<std::unique_ptr<Contents>> open(const StoreSettings& settings);
  ~Contents() { base::wipe(token_key_); }
  Contents(const Contents&) = delete;
  Contents& operator=(const Contents&) = delete;

  const Engine& engine() const { return *engine_; }
  const KeyRing& keys() const { return keys_; }
  Packs& packs() { return packs_; }
  const Packs& packs() const { return packs_; }
  Cameras& cameras() { return cameras_; }
  const Cameras& cameras() const { return cameras_; }
  PlateLists& lists() const { return *lists_; }
  const GoneDays& gone() const { return *gone_; }
  const base::Key& token_key() const { return token_key_; }

  // Slices that are there, in the order in which they begin; those of one day stand together.
  std::vector<SlicePointer> slices() const;
  // Null: there is none.
  SlicePointer slice(DayNumber day) const;
  // The slice of a day that is not gone, made if there was none: its key is durable on return.
  // Nothing but this makes a slice, so whoever has one may write what its key must open.
  Result<SlicePointer> slice_or_new(DayNumber day);
  // The slice that has this pass; null: none any more.
  SlicePointer slice_of(const Pass& pass) const;
  // The short slice of this time; null: none.
  SlicePointer short_slice_at(base::UtcTime observed) const;
  // The same, made if there was none, as slice_or_new() makes one. The time is not before
  // short_gone_until().
  Result<SlicePointer> short_slice_or_new(base::UtcTime observed, std::chrono::minutes length);
  base::UtcTime short_gone_until() const;
  std::vector<Span> short_slices() const;
  // The short slice that begins then, gone or not.
  std::optional<DayNumber> short_number(base::UtcTime from) const;
  // Once everything that went under it is over: it may be given to another slice from here on.
  void free_short_number(DayNumber number);
  // What is known of a day, gone or not.
  std::optional<SliceRecord> record(DayNumber day) const;
  std::map<DayNumber, SliceRecord> records() const;

  // Writes a slice's record, and makes the slice first if there is none; durable on return. From
  // `marked` on, the slice is nobody's to find.
  Result<void> set_record(DayNumber day, const SliceRecord& record);

  // Where a sealed day's list of plates is.
  std::filesystem::path list_path(DayNumber day, std::uint32_t list) const;
  // Unlinks a slice's lists, but one (0: all). Durable on return.
  Result<void> remove_lists(DayNumber day, std::uint32_t but) const;
  // The distinct plates of a slice, from its list and what came late, or from its rows.
  Result<std::vector<PlateWord>> plates_of(const Slice& slice) const;
  // Those of the rows in a snapshot, however they are listed.
  Result<std::vector<PlateWord>> plates_in_rows(const Slice& slice,
                                                const rocksdb::Snapshot* snapshot) const;

 private:
  Contents(std::filesystem::path folder, const base::Key& master_key, KeyRing keys, Packs packs);
  Result<void> check_format();
  Result<void> load_slices();
  // Files of short slices that were never written down, which a failed append left, go; and nothing
  // is known of the ids of those that do not stand.
  Result<void> tidy_short_slices() const;

  const std::filesystem::path folder_;
  std::shared_ptr<GoneDays> gone_;
  KeyRing keys_;
  Packs packs_;
  base::Key token_key_;
  base::Key check_key_;
  std::unique_ptr<Engine> engine_;
  Cameras cameras_;
  std::unique_ptr<PlateLists> lists_;
  mutable std::shared_mutex mutex_;  // for what follows
  std::map<DayNumber, SlicePointer> slices_;
  std::map<DayNumber, SliceRecord> gone_records_;  // from `marked` on
  ShortSpans short_spans_;
};

}  // namespace regmark::sightings::rocks
