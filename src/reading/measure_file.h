// A measuring run as a file, so that a later run can be held against it plate by plate.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/measure.h"

namespace regmark::reading {

inline constexpr std::size_t run_size_max = std::size_t{64} << 20U;  // bytes of such a file

// A line for each labelled plate, with tabs between its parts. Times and false plates are not kept.
std::string text_of(const Tally& run);

// Fails with
//   limit_exceeded   more than run_size_max
//   invalid_input    not such a text; the message says which line
Result<std::vector<Outcome>> parse_outcomes(std::string_view text);

// Two runs on the same plates, end to end and exactly. About a hundred plates tell two readers
// apart only where one alone is right much more often than the other.
struct Comparison {
  std::size_t plates = 0, both = 0, neither = 0;
  std::vector<Outcome> only_first, only_second;  // of the run that is right, in its order
  // How likely it is that the two differ this much when neither is better: the sign test's, both
  // sides.
  double chance = 1;
};
// Plates that one of them has not are left out. A picture's plates of one text count in their
// order.
Comparison compare(const std::vector<Outcome>& first, const std::vector<Outcome>& second);

}  // namespace regmark::reading
