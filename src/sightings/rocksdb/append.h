// One append: what is new, numbered and sealed, in one batch.
#pragma once

#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "sightings/rocksdb/contents.h"
#include "sightings/rocksdb/finder.h"
#include "sightings/rocksdb/lookup.h"

namespace regmark::sightings::rocks {

class SliceDraft;

// Whether the batches may be taken at all: the errors of Store::append that the caller can correct.
Result<void> check_batches(std::span<const CameraBatch> batches, bool has_short_slices);

// Belongs to one thread, which is the only one that writes.
class Append {
 public:
  Append(Contents& contents, base::UtcTime now, const Oldest& oldest,
         const std::optional<ShortSlices>& brief);
  ~Append();
  Append(const Append&) = delete;
  Append& operator=(const Append&) = delete;

  // Decides for each read, and puts what is new into the batch; nothing is durable yet. The batches
  // have passed check_batches(). Fails with
  //   limit_exceeded   more cameras than numbers
  //   corrupt          something stored cannot be read
  //   unavailable      the disk is full or away
  Result<std::vector<Kept>> prepare(std::span<const CameraBatch> batches);
  // Durable on return. Fails with
  //   unavailable      the disk is full or away; if the engine says that it failed, the batch may
  //   be
  //                    on the disk all the same, whole
  Result<void> commit();

 private:
  // One read on its way.
  struct Candidate {
    const NewSighting* sighting;
    std::uint32_t camera = 0;
    Kept* answer;
    std::string entries;  // what stands in Space::ids for its id
    // It stays for minutes and is to stay for days now: where it is, and its entry among those.
    std::optional<StoredRead> brief{};
    std::string brief_entry{};
    std::vector<base::HoldId> held_for{};  // that have a copy of it
  };

  std::optional<Kept> refusal(const estate::Justification& justification,
                              const NewSighting& sighting) const;
  std::optional<Kept> refusal_of_brief(base::UtcTime observed) const;
  Result<std::uint32_t> camera_number(const base::CameraId& id);
  Result<void> look_up_ids(std::vector<Candidate>& candidates) const;
  Result<Kept> known(Candidate& candidate);
  // From its short slice to its day.
  Result<void> move(Candidate& candidate);
  Result<bool> was_erased(const Candidate& candidate) const;
  Result<void> add(const Candidate& candidate);
  // Null: it has none yet.
  SlicePointer slice_of(const NewSighting& sighting) const;
  Result<SliceDraft*> draft_of(const NewSighting& sighting);
  Result<SliceDraft*> draft_of(SlicePointer slice);
  void put(Space space, std::string_view key, std::string_view value);

  Contents& contents_;
  const base::UtcTime now_;
  const Oldest oldest_;
  const std::optional<ShortSlices> brief_;
  rocksdb::WriteBatch batch_;
  std::map<DayNumber, std::unique_ptr<SliceDraft>> drafts_;
  std::map<std::uint32_t, Camera> cameras_;  // new ones, and those we learnt something of
  std::unordered_map<base::CameraId, std::uint32_t> new_cameras_;
  std::unordered_map<plate::ReadId, const NewSighting*> new_reads_;
  std::unordered_map<std::string, std::string> new_ids_;  // in Space::ids
};

}  // namespace regmark::sightings::rocks
