// A plan's inputs as JSON: docs/formats/plan.md.
#pragma once

#include <string_view>

#include "base/result.h"
#include "planning/inputs.h"

namespace regmark::planning {

inline constexpr std::size_t inputs_size_max = std::size_t{64} << 20U;

// Fails with
//   limit_exceeded   larger than inputs_size_max, or a list longer than its maximum
//   invalid_input    no JSON, a member that is unknown, missing, twice there, or of another kind or
//                    range; the message says which: "corridors[2].weight: ..."
Result<Inputs> read_inputs(std::string_view text);

}  // namespace regmark::planning
