// One append: what is new, numbered and sealed, in one batch.
#pragma once

#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "sightings/rocksdb/contents.h"
#include "sightings/rocksdb/lookup.h"

namespace regmark::sightings::rocks {

class SliceDraft;

// Whether the batches may be taken at all: the errors of Store::append that the caller can correct.
Result<void> check_batches(std::span<const CameraBatch> batches);

// Belongs to one thread, which is the only one that writes.
class Append {
 public:
  Append(Contents& contents, base::UtcTime now, std::chrono::days kept);
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
    DayNumber day = 0;
    Kept* answer;
    std::string entries;  // what stands in Space::ids for its id
  };

  std::optional<Kept> refusal(const estate::Justification& justification,
                              const plate::Read& read) const;
  Result<std::uint32_t> camera_number(const base::CameraId& id);
  Result<void> look_up_ids(std::vector<Candidate>& candidates) const;
  Result<Kept> known(const Candidate& candidate);
  Result<bool> was_erased(const Candidate& candidate) const;
  Result<void> add(const Candidate& candidate);
  Result<SliceDraft*> draft_of(DayNumber day);
  void put(Space space, std::string_view key, std::string_view value);

  Contents& contents_;
  const base::UtcDay oldest_;
  rocksdb::WriteBatch batch_;
  std::map<DayNumber, std::unique_ptr<SliceDraft>> drafts_;
  std::map<std::uint32_t, Camera> cameras_;  // new ones, and those we learnt something of
  std::unordered_map<base::CameraId, std::uint32_t> new_cameras_;
  std::unordered_map<plate::ReadId, const plate::Read*> new_reads_;
  std::unordered_map<std::string, std::string> new_ids_;  // in Space::ids
};

}  // namespace regmark::sightings::rocks
