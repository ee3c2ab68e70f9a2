// Plates as numbers: one for each, dense enough to seal in seven bytes, and words that compare
// eight characters at a time.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "plate/plate.h"

namespace regmark::sightings::internal {

// A plate's number: its characters as digits 1 to 36 of a number to the base of 36, so that every
// plate of 1 to 10 characters has one of its own and none begins with a zero. Below 2^52.
using PlateNumber = std::uint64_t;
inline constexpr PlateNumber plate_number_max = 3'760'620'109'779'060;  // "ZZZZZZZZZZ"

// A plate's word: six bits a character, the first in the highest, 1 to 36 as above, zeros after
// the last. Sorts as the text does ('0' to '9' before 'A' to 'Z'). Below 2^60.
using PlateWord = std::uint64_t;
inline constexpr unsigned symbol_bits = 6;
inline constexpr unsigned symbol_any = 36;  // the highest

// 1 to 36, or 0 for a character that no plate has.
constexpr unsigned symbol_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 1;
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A') + 11;
  return 0;
}

// How far a word's character at this place is shifted up.
constexpr unsigned symbol_shift(std::size_t place) {
  return symbol_bits * static_cast<unsigned>(plate::length_max - 1 - place);
}

PlateNumber number_of(const plate::Plate& plate);
// Fails with
//   corrupt   0, or more than plate_number_max
Result<plate::Plate> plate_of(PlateNumber number);

PlateWord word_of(PlateNumber number);
PlateWord word_of(const plate::Plate& plate);
PlateNumber number_of_word(PlateWord word);

}  // namespace regmark::sightings::internal
