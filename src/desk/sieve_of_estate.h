// A sieve that knows the names of the estate.
#pragma once

#include "accountability/sieve.h"
#include "desk/desk.h"

namespace regmark::desk {

// Names and ids of sites, cameras and deployments, those that are kept apart too, and names of the
// roads, settlements and points that were taken in; those of `about`, where it is given, and of a
// settlement that it stands in or by are a text's own. Wants a receipt for read_estate, or for
// read_register: who reads the register reads what is told the public. What is kept apart the
// program looks up itself, each time, on record as its own work. Fails as estate::Estate and
// surroundings::DataSets do, and with
//   unavailable   another plan or place is being worked out
//
// Who reads a refusal may not know of what is kept apart. So its names count by the same rule and
// are told in the same words as any other's, in the company of those of roads and points, of which
// there are thousands: a finding says that the force's data know a place of that name, and not
// that something stands there. Whoever tries names out to learn more leaves a record of each try.
Result<accountability::Sieve> sieve_of_estate(const Desk& desk, const audit::Receipt& receipt,
                                              const std::optional<base::SiteId>& about);

}  // namespace regmark::desk
