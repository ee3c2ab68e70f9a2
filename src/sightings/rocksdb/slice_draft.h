// What one append adds to one slice, before and after it is durable.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sightings/rocksdb/contents.h"
#include "sightings/rocksdb/lookup.h"

namespace regmark::sightings::rocks {

// Belongs to the one who writes. Puts into the batch it was given, which must outlive it.
class SliceDraft final : public internal::TextNumbers {
 public:
  SliceDraft(Contents& contents, SlicePointer slice, rocksdb::WriteBatch& batch);
  SliceDraft(const SliceDraft&) = delete;
  SliceDraft& operator=(const SliceDraft&) = delete;
  ~SliceDraft() override;

  const Slice& slice() const { return *slice_; }

  // Where a new read goes; nullopt: too many of that camera at that instant. Fails with
  //   corrupt       something stored cannot be read
  //   unavailable   the disk is away
  Result<std::optional<Pass>> place(const plate::Read& read, std::uint32_t camera);
  // Seals its pictures into the slice's pack, and its row into the batch. Fails with
  //   unavailable   the disk is full or away
  Result<void> add(const NewSighting& sighting, const Pass& pass);
  // Strikes out what is in its short slice; its pictures' bytes stay until that goes.
  void strike(const StoredRead& stored);
  // The last entry of the batch: the slice's figures with what was added.
  void finish();
  // What was added is durable: let others see it.
  void publish();

  std::uint32_t number_of(internal::TextKind kind, std::string_view text) override;

 private:
  Result<std::optional<Pass>> last_until(const std::string& key, std::uint32_t camera) const;
  Result<std::uint32_t> count_in_store(const Pass& pass) const;
  Result<std::optional<base::UtcTime>> newest_in_store(std::uint32_t camera) const;
  Result<std::vector<internal::PicturePlace>> add_pictures(const NewSighting& sighting);
  void put(Space space, std::string_view key, std::string_view value);

  struct TextHash {
    std::size_t operator()(const std::pair<internal::TextKind, std::string>& text) const {
      return std::hash<std::string>{}(text.second) ^ static_cast<std::size_t>(text.first);
    }
  };

  Contents& contents_;
  const SlicePointer slice_;
  rocksdb::WriteBatch& batch_;
  SliceRecord record_;
  const bool lists_late_;
  std::vector<PlateWord> plates_;
  // By camera and time: the count for the next read there, of those that were placed here.
  std::unordered_map<std::string, std::uint32_t> next_;
  std::unordered_map<std::uint32_t, base::UtcTime> newest_;
  std::unordered_map<std::pair<internal::TextKind, std::string>, std::uint32_t, TextHash> texts_;
  std::array<std::vector<std::string>, internal::text_kinds> new_texts_;
  std::optional<base::Key> pictures_key_;
};

}  // namespace regmark::sightings::rocks
