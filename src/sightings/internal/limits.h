// What a question may find: the query cut down to the receipt's permit.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "audit/receipt.h"
#include "sightings/internal/pattern.h"
#include "sightings/store.h"

namespace regmark::sightings::internal {

struct Limits {
  std::vector<Pattern> patterns;                    // a plate must match each
  std::optional<std::set<base::CameraId>> cameras;  // nothing: any
  std::vector<base::Area> areas;                    // a read must lie in each
  access::Fields fields;                            // what of a read is shown
  base::UtcTime from = base::UtcTime::min();
  base::UtcTime until = base::UtcTime::max();  // without

  bool covers(base::UtcTime observed) const { return observed >= from && observed < until; }
  bool covers(PlateWord plate) const;
  bool covers(const base::CameraId& camera) const { return !cameras || cameras->contains(camera); }
  bool covers_place(const plate::Read& read) const;
  bool covers(const plate::Read& read) const;
  // The only plate it can find, if a pattern names one.
  std::optional<PlateWord> exact() const;
};

// Takes out of a read what is not shown.
plate::Read cut(plate::Read read, const access::Fields& fields);

// The permit alone: for one read whose id is known. Fails with
//   invalid_input   the permit's own plate is no pattern
Result<Limits> limits_of(const access::Scope& scope);
// Fails with
//   invalid_input   as above, or the query's pattern is none
Result<Limits> limits_of(const access::Scope& scope, const Query& query);

}  // namespace regmark::sightings::internal
