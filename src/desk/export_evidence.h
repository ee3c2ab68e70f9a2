// Gives evidence away: one file for a court.
#pragma once

#include <string>

#include "desk/desk.h"

namespace regmark::desk {

struct Exported {
  std::string zip;
  std::size_t reads = 0;
};

inline std::uint64_t rows_in(const Exported& exported) {
  return exported.reads;
}

// What the query finds, as evidence::seal makes it, with a statement in the asker's own words (may
// be empty). The page of the query means nothing here. Pictures past their retention are left out.
// Why its cameras stood there is told as it stood when they read. Witnesses are asked to sign the
// log first: it goes without those that cannot be reached in time, and says so. Fails with
//   invalid_input    as sightings::Store::find does; the statement is too long or holds control
//                    characters
//   limit_exceeded   more than evidence::reads_max reads, or more than one file may hold
//   not_found        nothing was found: there is no evidence of nothing
Result<Answer<Exported>> export_evidence(const Desk& desk, const Asker& asker,
                                         const sightings::Query& query,
                                         const std::string& statement);

// Of what is held, of any age, under the hold's own case. Fails likewise; a hold that nobody knows
// is refused.
Result<Answer<Exported>> export_held(const Desk& desk, const Asker& asker, const base::HoldId& hold,
                                     const sightings::Query& query, const std::string& statement);

}  // namespace regmark::desk
