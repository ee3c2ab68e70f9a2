// Figures for the impact of a site, computed and never typed.
#pragma once

#include <vector>

#include "planning/problem.h"

namespace regmark::planning {

// Fills each site's residents, vehicles, unavoidable trips and privacy points.
// Fails with
//   invalid_input   a count of a road that the network does not have
Result<void> add_figures(const Network& network, const Inputs& inputs, Problem& problem);

// The place with its people and its ways out. Fails with
//   invalid_input   no junction lies in it, or no road leads out of it
Result<TripPlace> trip_place(const Network& network, const Inputs& inputs, const PlaceInput& place);

}  // namespace regmark::planning
