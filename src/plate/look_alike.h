// Characters that a UK plate draws alike: I and 1, O and 0. Only the layout tells them apart.
#pragma once

#include <vector>

#include "plate/plate.h"

namespace regmark::plate {

// The glyph a character is drawn with: 0 for O, 1 for I, every other character itself.
constexpr char glyph_of(char character) {
  if (character == 'O') return '0';
  if (character == 'I') return '1';
  return character;
}

// Whether the two are drawn alike from end to end. A plate is alike to itself.
bool look_alike(const Plate& a, const Plate& b);

// Every other plate that is drawn alike, in the order of their text: 2^k - 1 of them where k
// characters are ambiguous, at most look_alikes_max.
inline constexpr std::size_t look_alikes_max = (std::size_t{1} << length_max) - 1;
std::vector<Plate> look_alikes(const Plate& plate);

// Those spellings of the plate, itself included, that fit a layout of the United Kingdom. Mostly
// there is none (a foreign plate) or one, and then that one is what was meant.
std::vector<Plate> british_spellings(const Plate& plate);

}  // namespace regmark::plate
