// An existing register of cameras as people send it: a CSV file with a heading, one row for each
// camera, for the count of a kind as a whole, for what a year cost, or for a review that was held.
// What is not in it was never recorded, and says so. Its columns are described in
// docs/formats/register_csv.md.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "camera_register/camera_register.h"
#include "estate/estate.h"

namespace regmark::desk {

inline constexpr std::size_t register_csv_size_max = std::size_t{32} << 20U;

// A field, and of how many cameras nobody recorded it.
struct Missing {
  std::string_view field;
  std::uint64_t cameras = 0;
};

struct ReadRegister {
  std::vector<estate::InheritedSite> sites{};  // of the cameras that stand, with a place and review
  camera_register::Entries entries{};          // of all of them
  std::vector<Missing> missing{};              // each field that a camera's row may leave out
};

// All of it or nothing. Fails with
//   invalid_input    the first row that cannot be read (line named), a column that is not known, a
//                    camera that stands there twice, a site in two places
//   limit_exceeded   more than register_csv_size_max bytes
Result<ReadRegister> read_register_csv(std::string_view csv);

}  // namespace regmark::desk
