// The times of which figures are told to the public: calendar quarters that are over, one or more
// in a row. Nothing in between, for of two periods that overlap the difference is a third, and how
// few there were in that would stand there for anybody who can subtract.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace regmark::accountability {

inline constexpr std::size_t quarters_max = 40;  // ten years

struct Quarter {
  base::UtcDay first;
  base::UtcDay last;  // included
  friend bool operator==(const Quarter&, const Quarter&) = default;
};

// Those that these days, both included, are made of. Fails with, in this order:
//   invalid_input   until is before from; they are no whole quarters; the last is not over today
//   limit_exceeded  more than quarters_max
Result<std::vector<Quarter>> quarters_of(base::UtcDay from, base::UtcDay until, base::UtcDay today);

}  // namespace regmark::accountability
