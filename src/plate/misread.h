// How a character on a plate is misread: the chance that what was shown is read as something else.
// Used by matching (what else might this read have been) and by reading (which doubt is likely).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "plate/plate.h"

namespace regmark::plate {

// So many times a reader made `read` of `shown`. The two may be the same.
struct MisreadCount {
  char shown;
  char read;
  std::uint64_t times;
};

// A character that may have been shown where another was read.
struct Suspect {
  char shown;
  float probability;
};

// Characters drawn alike (I and 1, O and 0: see look_alike.h) are one glyph to this model: a reader
// cannot misread one as the other, so both have the same figures, and 34 glyphs are left.
//
// The figures are
//   P(read | shown): what a reader makes of a glyph; each row adds up to one.
//   P(shown | read) = P(read | shown) / sum over every glyph g of P(read | g), by Bayes' rule with
//   every glyph as likely as any other before the read: a column, made to add up to one.
// Where they come from stands in misread_table.h. Immutable; safe to share among threads.
class MisreadModel {
 public:
  // The prior of misread_table.h, sharpened by the mistakes of our own reader that it lists.
  static const MisreadModel& built_in();
  // The prior alone, sharpened by these counts: the prior weighs as much as prior_weight
  // characters of each kind, so that a reader measured on a few plates does not forget it.
  // A count of a character that no plate carries is a mistake of ours.
  static MisreadModel learned(std::span<const MisreadCount> counts);

  float read_as(char shown, char read) const;
  float shown_as(char read, char shown) const;
  // Whether `shown` is another glyph and among the suspects of `read`.
  bool suspects(char read, char shown) const;

  // The other glyphs that may well have been shown where this one was read: each with at least
  // suspect_share of all that is not the glyph itself, and suspect_min of probability. Most
  // probable first; digits stand for their look-alike letters.
  std::span<const Suspect> suspects(char read) const;

 private:
  static constexpr std::size_t characters = 36;
  MisreadModel() = default;
  std::array<std::array<float, characters>, characters> read_as_{};   // [shown][read]
  std::array<std::array<float, characters>, characters> shown_as_{};  // [read][shown]
  std::array<std::vector<Suspect>, characters> suspects_;
};

inline constexpr double prior_weight = 1'000;

// Were a mistake as likely to be any glyph as any other, each would have 1/33 of them, 3 per cent.
// A suspect has at least twice that, and comes up at least once in two thousand readings: else a
// glyph that is hardly ever wrong would be suspected of chance.
inline constexpr float suspect_share = 0.06F;
inline constexpr float suspect_min = 0.0005F;

// A plate that may have been shown where another was read.
struct LikelyMisread {
  Plate shown;
  float probability;  // that this one was shown
};

// What may have been shown where `read` was read: its look-alikes, and every plate one suspect
// away from it, most probable first, then by text; never `read` itself. A substitution is spelled
// with the digit of a glyph that has a look-alike letter, and again with the letter.
std::vector<LikelyMisread> likely_misreads(const Plate& read,
                                           const MisreadModel& model = MisreadModel::built_in());

}  // namespace regmark::plate
