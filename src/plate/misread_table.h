// The figures behind the misread model, as data. Only misread.cc reads them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "plate/misread.h"

namespace regmark::plate {

// Two glyphs that readers take for one another, and how strongly we believe it.
enum class Confusion : std::uint8_t {
  // One of the few that a commercial matcher forgives by default (Genetec's OCR equivalences).
  strong,
  // Named by one of: a permit system's table of similar characters (OPS-COM), a survey of plate
  // readers, the folding of UTMC TR007 (journey times), or a published failure (a 7 read as 2 led
  // to a stop at gunpoint in Prairie Village, 2014).
  weak,
};

struct ConfusedPair {
  char one;
  char other;
  Confusion confusion;
};

// Both ways round: nothing public says which way is the more frequent.
std::span<const ConfusedPair> confused_pairs();

// The prior over all mistakes:
//   A reader gets 97 of 100 plates right: the figure that is claimed for the national service. With
//   seven characters that go wrong apart, each is right with 0.97^(1/7) = 0.99566.
inline constexpr double right_prior = 0.99566;
//   Nine mistakes in ten are between glyphs that the table pairs, a strong pair three times as
//   often as a weak one; the tenth may be any glyph. Both numbers are judgement, and what they
//   decide is the order of suspects rather than who is one.
inline constexpr double paired_share = 0.9;
inline constexpr double strong_weight = 3;
inline constexpr double weak_weight = 1;

// What our own reader made of plates whose text is known. misread_measured.cc says of which.
std::span<const MisreadCount> measured_misreads();

}  // namespace regmark::plate
