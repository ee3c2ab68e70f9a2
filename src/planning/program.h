// A question in whole numbers: choose things so that every row is met and the cost is least.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace regmark::planning {

using Instant = std::chrono::steady_clock::time_point;

// The sum of value * chosen over the terms is at least `least`.
struct Row {
  struct Term {
    std::uint32_t variable{};
    std::int64_t value{};
  };
  std::vector<Term> terms{};
  std::int64_t least = 0;
};

enum class Fixed : std::uint8_t { no, open, shut };

struct Program {
  std::vector<std::int64_t> cost{};  // of each variable, which is chosen or not
  std::vector<Fixed> fixed{};        // open: is chosen; shut: is not
  std::vector<Row> rows{};
  std::vector<bool> start{};  // a choice that meets every row, or empty
};

struct Solved {
  std::vector<bool> chosen{};
  std::int64_t cost = 0;   // of what is chosen, added up in whole numbers
  std::int64_t bound = 0;  // no choice costs less
  bool proved() const { return cost <= bound; }
};

// The best choice that is found until the deadline; nothing when no choice meets every row. One at
// a time in a process: the others wait. Fails with
//   unavailable   the deadline came before any choice was found, or the solver gave up
Result<std::optional<Solved>> solve(const Program& program, Instant deadline);

// The solver's name and version, for the record.
std::string solver_name();

}  // namespace regmark::planning
