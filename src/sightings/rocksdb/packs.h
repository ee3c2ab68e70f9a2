// Pictures, in files that only grow: a folder of them for each slice, by its slice_name().
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>

#include "base/crypto.h"
#include "base/result.h"
#include "sightings/internal/row_codec.h"

namespace regmark::sightings::rocks {

using internal::PicturePlace;

// What a picture's seal is made for: it opens as this picture of this read only.
std::string picture_context(const plate::ReadId& id, plate::PictureKind kind);

// A pack is closed at this size, and another begun.
inline constexpr std::uint64_t pack_size_max = std::uint64_t{256} << 20U;
// Files kept open to be appended to. Beyond these the least used is closed.
inline constexpr std::size_t packs_open_max = 8;

// One thread at a time adds and closes; any number may read and destroy.
class Packs {
 public:
  // Makes the folder. Fails with
  //   unavailable   the disk is full or away
  static Result<Packs> open(std::filesystem::path folder);
  Packs(Packs&&) noexcept;
  Packs& operator=(Packs&&) = delete;
  ~Packs();

  // Puts sealed bytes at the end of the slice's open pack. Not durable before sync(). Fails with
  //   unavailable   the disk is full or away; nothing that was added before is lost
  Result<PicturePlace> add(const std::string& slice, std::span<const std::uint8_t> sealed);
  // Makes all that was added durable. Fails with
  //   unavailable   the disk is full or away; what was added since the last sync is forgotten
  Result<void> sync();
  // Takes back what was added since the last sync, as far as the disk lets it.
  void take_back();

  // Fails with
  //   corrupt       there are no such bytes
  //   unavailable   the disk is away
  Result<base::Bytes> read(const std::string& slice, const PicturePlace& place,
                           std::size_t sealed_size) const;
  // Writes zeros over a picture; durable on return. A pack that is gone is fine. Fails with
  //   unavailable   the disk is away
  Result<void> overwrite(const std::string& slice, const PicturePlace& place,
                         std::size_t sealed_size) const;
  // Nothing more is added to that slice.
  void close(const std::string& slice);
  // Unlinks all packs of a closed slice; durable on return. Fails with
  //   unavailable   the disk is away
  Result<void> destroy(const std::string& slice) const;
  // Those of short slices, but these. Fails as destroy() does.
  Result<void> destroy_short_but(const std::set<std::string>& slices) const;
  bool has(const std::string& slice) const;
  std::uint64_t bytes(const std::string& slice) const;

 private:
  struct Pack;
  explicit Packs(std::filesystem::path folder);
  std::filesystem::path folder_of(const std::string& slice) const;
  Result<Pack*> pack_for(const std::string& slice, std::size_t size);

  std::filesystem::path folder_;
  std::map<std::string, std::unique_ptr<Pack>> open_;
  std::uint64_t uses_ = 0;
};

}  // namespace regmark::sightings::rocks
