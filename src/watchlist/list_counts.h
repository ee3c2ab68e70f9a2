// How lists of vehicles of interest are kept, in counts: no vehicle, no list and no person.
#pragma once

#include <cstdint>

namespace regmark::watchlist {

struct ListCounts {
  std::uint64_t lists = 0;
  std::uint64_t past_review = 0;  // muted until somebody looks
  std::uint64_t muted = 0;        // those, and what has a version that is too old
  std::uint64_t active = 0;       // entries that have not ended, of muted lists too
  // Entries that ended in the period, those too that are erased since.
  std::uint64_t left_out = 0;   // by a new version of the list
  std::uint64_t withdrawn = 0;  // by a person
  std::uint64_t resolved = 0;   // by a person
  std::uint64_t expired = 0;    // by the clock
};

}  // namespace regmark::watchlist
