// The embedded driver of the store. See docs/formats/sightings.md for what it keeps where.
//
// Who waits for whom: `maintaining_` is held by the one seal or drop; `writing_` by the one append,
// and by the short steps in which holds, seals and drops change what appends see; `opened_` is
// shared by all who use `contents_`, and held alone to open it anew. They are taken in this order;
// a slice's own in_use comes last.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "base/files.h"
#include "sightings/internal/limits.h"
#include "sightings/internal/tracks.h"
#include "sightings/rocksdb/contents.h"
#include "sightings/rocksdb/finder.h"
#include "sightings/store.h"

namespace regmark::sightings::rocks {

class RocksStore final : public Store {
 public:
  static Result<std::unique_ptr<Store>> open(const StoreSettings& settings,
                                             const base::Clock& clock);
  ~RocksStore() override;

  Result<std::vector<Kept>> append(std::span<const CameraBatch> batches) override;
  Result<Page> find(const audit::Receipt& receipt, const Query& query) const override;
  Result<std::size_t> rows_before(const Query& query) const override;
  Result<Convoy> convoy(const audit::Receipt& receipt, const ConvoyQuery& query) const override;
  Result<std::unique_ptr<Track>> track(const audit::Receipt& receipt, Track::Told told) override {
    return tracks_->begin(receipt, std::move(told), clock_.now());
  }
  Result<plate::Read> read(const audit::Receipt& receipt, const plate::ReadId& id) const override;
  Result<base::Bytes> picture(const audit::Receipt& receipt, const plate::ReadId& id,
                              plate::PictureKind kind) const override;
  Result<std::uint64_t> hold(const audit::Receipt& receipt, const base::HoldId& hold,
                             const Query& query) override;
  Result<std::uint64_t> release(const audit::Receipt& receipt, const base::HoldId& hold) override;
  Result<void> seal(const audit::MachineReceipt& receipt, base::UtcDay day) override;
  Result<Dropped> drop(const audit::MachineReceipt& receipt, base::UtcDay day) override;
  Result<Dropped> drop_pictures(const audit::MachineReceipt& receipt, base::UtcDay day) override;
  Result<Dropped> drop_short(const audit::MachineReceipt& receipt, base::UtcTime from) override;
  Result<ErasedReads> erase_reads(const audit::MachineReceipt& receipt,
                                  std::span<const plate::ReadId> ids) override;
  Result<Health> verify(const audit::MachineReceipt& receipt) const override;
  Result<std::vector<CameraCount>> counts(const audit::MachineReceipt& receipt,
                                          base::UtcDay day) const override;
  std::vector<SliceInfo> slices() const override;
  std::vector<Span> short_slices() const override;
  Result<std::vector<DayInfo>> days(const audit::Receipt& receipt) const override;
  Result<void> snapshot(const audit::MachineReceipt& receipt,
                        const std::filesystem::path& folder) const override;
  Result<std::vector<SealedKey>> sealed_keys(const audit::MachineReceipt& receipt) const override;
  Result<std::vector<std::string>> key_names() const override;
  Result<HeldReads> held_about(const audit::Receipt& receipt, std::span<const base::HoldId> holds,
                               const access::Window& window) const override;

 private:
  using Stage = SliceRecord::Stage;

  // The contents, which stay open while this lives.
  class Use {
   public:
    Use(std::shared_lock<std::shared_mutex> lock, Contents& contents)
        : lock_(std::move(lock)), contents_(&contents) {}
    Contents& operator*() const { return *contents_; }
    Contents* operator->() const { return contents_; }

   private:
    std::shared_lock<std::shared_mutex> lock_;
    Contents* contents_;
  };
  // Looks for so many reads older than that one, and says where it stopped early.
  struct Looked {
    std::vector<Found> found;
    std::optional<Pass> stopped_at;
  };
  using Look = std::function<Result<Looked>(std::optional<Pass>, std::size_t)>;

  RocksStore(const StoreSettings& settings, const base::Clock& clock, base::FileLock lock)
      : settings_(settings), clock_(clock), lock_(std::move(lock)) {}

  // Fails with
  //   unavailable   a write failed, and they could not be opened again yet
  Result<Use> use() const;
  // For those who hold writing_. After a failed write this opens the contents anew. Fails with
  //   unavailable   the disk is still full or away
  Result<Use> use_for_writing();
  // Changes a day's record under writing_; durable on return. Fails as use_for_writing() does.
  Result<void> change(DayNumber day, const std::function<void(SliceRecord&)>& how);

  // The oldest that may be shown or taken.
  Oldest oldest() const;
  Result<Page> page_of(const base::Key& token_key, const audit::Receipt& receipt,
                       const Query& query, const Look& look) const;
  // All that is held, copied out or only marked as yet.
  Result<Page> held_page(const audit::Receipt& receipt, const Query& query) const;
  // What a receipt for one read covers.
  Result<internal::Limits> limits_for(const audit::Receipt& receipt, const plate::ReadId& id) const;
  Result<std::optional<StoredRead>> stored(const Contents& contents, const internal::Limits& limits,
                                           const plate::ReadId& id) const;
  Result<std::vector<Pass>> passes_to_hold(const audit::Receipt& receipt, const Query& query) const;
  // nullopt: some of what was found has moved since.
  Result<std::optional<std::uint64_t>> hold_once(const audit::Receipt& receipt,
                                                 const base::HoldId& hold, const Query& query);

  // From whatever stage a day is in to `last`, which is pictures_gone or gone. Each step may be
  // done again.
  Result<void> erase(DayNumber day, Stage last);
  Result<void> mark(DayNumber day, Stage as);
  Result<void> copy_held(DayNumber day, Stage then);
  Result<void> erase_pictures(DayNumber day);
  Result<void> erase_rows(DayNumber day);
  Result<void> finish_drops();
  // What seal() does, for those who hold maintaining_.
  Result<void> seal_day(DayNumber day);
  // Overwrites and rewrites what single erasures have left of a day.
  Result<void> finish_erasure(DayNumber day);
  Result<void> finish_erasures();

  const StoreSettings settings_;
  const base::Clock& clock_;
  const base::FileLock lock_;
  const std::shared_ptr<internal::Tracks> tracks_ = std::make_shared<internal::Tracks>();
  mutable std::mutex maintaining_;
  std::mutex writing_;
  mutable std::shared_mutex opened_;
  std::unique_ptr<Contents> contents_;  // null: could not be opened again yet
};

}  // namespace regmark::sightings::rocks
