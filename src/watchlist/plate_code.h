// A plate in 64 bits, so that millions fit in memory and compare in one step.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "plate/plate.h"

namespace regmark::watchlist {

// Six bits a character, the first character lowest; no character is 0, so the length needs no
// place of its own and no plate is 0. A character that has a twin of the same glyph (plate/
// look_alike.h) is its twin's code with the two highest bits set, and no other code has both: one
// mask turns a plate into its glyphs.
class PlateCode {
 public:
  constexpr PlateCode() = default;  // no plate
  static PlateCode of(const plate::Plate& plate);
  // Nothing: the text is no normalised plate.
  static std::optional<PlateCode> of(std::string_view text);

  plate::Plate plate() const;
  // The same for all plates that are drawn alike, and different for all others.
  constexpr PlateCode glyphs() const {
    const std::uint64_t twins = bits_ & bits_ << 1U & highest_bits;
    return PlateCode(bits_ & ~(twins | twins >> 1U));
  }
  // The glyphs with the one at `at`, which must be there, replaced by another.
  PlateCode with_glyph(std::size_t at, char glyph) const;

  constexpr std::uint64_t bits() const { return bits_; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr auto operator<=>(const PlateCode&, const PlateCode&) = default;

 private:
  constexpr explicit PlateCode(std::uint64_t bits) : bits_(bits) {}
  static constexpr std::uint64_t highest_bits = 0x820820820820820ULL;  // bit 5 of each of ten
  std::uint64_t bits_ = 0;
};

}  // namespace regmark::watchlist
