// What a plate must look like: "AB12CDE", or with ? for one character and * for any number of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sightings/internal/plate_number.h"

namespace regmark::sightings::internal {

inline constexpr std::size_t pattern_length_max = 64;  // bytes, as typed
// Ways to lay a pattern's characters on the ten places of a plate: the most is for five characters
// with a star before, after and between them, C(10, 5).
inline constexpr std::size_t masks_max = 252;

// One way: the word's bits under `mask` are `value`, and those under `some` are not all zero (the
// plate is long enough).
struct Mask {
  PlateWord mask;
  PlateWord value;
  PlateWord some;
  bool matches(PlateWord word) const { return (word & mask) == value && (word & some) != 0; }
  friend auto operator<=>(const Mask&, const Mask&) = default;
};

// Immutable; safe to share among threads.
class Pattern {
 public:
  // Reads what a person types; spaces and hyphens are dropped and letters folded as in a plate.
  // Fails with
  //   invalid_input   a character that no plate carries, no letter or digit, longer than any plate
  static Result<Pattern> parse(std::string_view typed);

  // The only plate that matches, when there is no wildcard.
  std::optional<PlateWord> exact() const;
  bool matches(PlateWord word) const;
  // Adds the matching ones of some sorted words to `found`, in order.
  void match_sorted(std::span<const PlateWord> sorted, std::vector<PlateWord>& found) const;

 private:
  // Of a pattern: a character, any one, or any number of any.
  static constexpr std::uint8_t any_one = 254;
  static constexpr std::uint8_t any_run = 255;

  // A character of a run: the word that has it in every place, and how many bits further right than
  // the run's first it stands.
  struct Fixed {
    PlateWord everywhere;
    unsigned bits_after;
  };
  // Characters without a star between them. What matches the pattern has each run somewhere.
  using Run = std::vector<Fixed>;

  explicit Pattern(std::vector<std::uint8_t> parts);
  void lay(std::size_t part, std::size_t place, Mask so_far);
  void find_runs();
  // So many words are compared before it is looked which of them matched: the compiler makes loops
  // of a fixed length branchless.
  static constexpr std::size_t block_size = 64;
  using Block = std::array<PlateWord, block_size>;
  // These move those of the first `size` words that may match to the front of the block, in order,
  // and say how many they are. None of the others matches.
  std::size_t leave_masked(Block& block, std::size_t size) const;
  std::size_t leave_runs(Block& block, std::size_t size) const;
  // The same with words whose mark is not zero.
  static std::size_t leave_marked(Block& block, const Block& marks, std::size_t size);

  std::vector<std::uint8_t> parts_;
  std::vector<Mask> masks_;
  std::vector<Run> runs_;  // those with most characters first
};

}  // namespace regmark::sightings::internal
