// A made-up force with a console: hundreds of cameras with ten years of history, and sites at every
// stage of their life.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace regmark::cli {

struct ShowForce {
  std::filesystem::path program, data;
  std::size_t cameras;
  std::uint32_t seed;
};

// Opens the office, plays what its people did, and keeps the console up. Whether every step did
// what it says. Fails when a step cannot be taken at all.
//
// A review that is overdue was held in time a year ago: such sites are made by the office's own
// rules, with its clock set back (Debian's faketime). Without that program they are left out, and
// it says so.
Result<bool> show_force(const ShowForce& what);

}  // namespace regmark::cli
