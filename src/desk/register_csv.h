// An existing register of cameras as people send it: a CSV file with a heading, one row for each
// camera, for the count of a kind as a whole, for what a year cost, or for a review that was held.
// What is not in it was never recorded, and says so. Its columns are described in
// docs/formats/register_csv.md.
#pragma once

#include <bitset>
#include <set>
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

// What a camera's row may leave out: it is then not recorded.
inline constexpr std::string_view may_miss[] = {"name",      "kind",      "site",      "site_name",
                                                "latitude",  "longitude", "owner",     "controller",
                                                "installed", "ground",    "published", "review"};
using Blanks = std::bitset<std::size(may_miss)>;  // of one row, in the order of `may_miss`

struct ReadRegister {
  std::vector<estate::InheritedSite> sites{};  // of the cameras that stand, with a place and review
  camera_register::Entries entries{};          // of all of them
  std::set<base::SiteId> sites_named{};        // by the row of any camera
  std::vector<Blanks> blanks{};                // of each camera among the entries
  Blanks columns{};                            // those that the file has
};

// Each field of `may_miss`, and of how many cameras it is not recorded. Of one that was held before
// a file speaks only in the columns that it has, and never anew of where it stands.
std::vector<Missing> missing_in(const ReadRegister& read, const std::vector<bool>& was_held);

// All of it or nothing. Fails with
//   invalid_input    the first row that cannot be read (line named), a column that is not known, a
//                    row that is two things at once, a camera that stands there twice, a site in
//                    two places
//   limit_exceeded   more than register_csv_size_max bytes
Result<ReadRegister> read_register_csv(std::string_view csv);

}  // namespace regmark::desk
