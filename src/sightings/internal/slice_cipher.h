// How the rows of a slice are hidden under its key, without a byte of overhead each.
//
// What is left of a row when the key is gone: that a camera saw something at a time, and how many
// rows of one day were of one (unnamed) plate. docs/formats/sightings.md says why these means.
#pragma once

#include <cstdint>
#include <span>

#include "base/crypto.h"
#include "plate/read.h"
#include "sightings/internal/plate_number.h"

namespace regmark::sightings::internal {

// A permutation of numbers of `2 * half_bits` bits that only a holder of the key can follow: eight
// rounds of a balanced Feistel network with SipHash-2-4 as the round function (Luby and Rackoff).
// `tweak` makes it a different one for each value.
std::uint64_t permute(const base::ShortKey& key, std::uint64_t tweak, unsigned half_bits,
                      std::uint64_t number);
std::uint64_t permute_back(const base::ShortKey& key, std::uint64_t tweak, unsigned half_bits,
                           std::uint64_t number);

// Immutable after construction; safe to share among threads. Wipes its keys when it goes.
class SliceCipher {
 public:
  explicit SliceCipher(const base::Key& slice_key);
  SliceCipher(const SliceCipher&) = delete;
  SliceCipher& operator=(const SliceCipher&) = delete;
  ~SliceCipher();

  // A plate's name within the slice: 56 bits.
  std::uint64_t mark_of(PlateNumber plate) const;
  PlateNumber plate_behind(std::uint64_t mark) const;  // above plate_number_max: no plate

  // When and where, 48 bits, among the rows of one mark.
  std::uint64_t hide_place(std::uint64_t mark, std::uint64_t place) const;
  std::uint64_t show_place(std::uint64_t mark, std::uint64_t hidden) const;

  // Both of these undo themselves. The name must be of this row and no other.
  void mask_row(std::span<const std::uint8_t> name, std::span<std::uint8_t> row) const;
  std::uint64_t mask_for_pass(std::span<const std::uint8_t> name) const;
  std::uint64_t mask_for_id(const plate::ReadId& id) const;

  // For larger things, each with a seal of its own: texts, lists of plates.
  const base::Key& sealing_key() const { return sealing_key_; }

 private:
  base::ShortKey plate_key_;
  base::ShortKey place_key_;
  base::ShortKey pass_key_;
  base::ShortKey id_key_;
  base::Key row_key_;
  base::Key sealing_key_;
};

}  // namespace regmark::sightings::internal
