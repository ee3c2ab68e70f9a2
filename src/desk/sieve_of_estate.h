// A sieve that knows the names of the estate.
#pragma once

#include "accountability/sieve.h"
#include "desk/desk.h"

namespace regmark::desk {

// Names and ids of sites, cameras and deployments, and names of the roads that were taken in; those
// of `about`, where it is given, are a text's own. Wants a receipt for read_estate. Fails as
// estate::Estate and surroundings::DataSets do.
Result<accountability::Sieve> sieve_of_estate(const Desk& desk, const audit::Receipt& receipt,
                                              const std::optional<base::SiteId>& about);

}  // namespace regmark::desk
