// A made-up force's register of cameras, with ten years of history.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>

#include "base/time.h"

namespace regmark::cli {

// Writes it as CSV, as it would be kept on that day. Every name and place in it is invented, and
// the same seed and day give the same force.
void write_made_up_register(std::ostream& out, std::size_t cameras, std::uint32_t seed,
                            base::UtcDay today);

}  // namespace regmark::cli
