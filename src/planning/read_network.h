// A road network from a file's text, whichever of the two formats it is in.
#pragma once

#include <string_view>

#include "base/result.h"
#include "planning/network.h"

namespace regmark::planning {

// OpenStreetMap XML where the first character that is no blank is '<', else GeoJSON. Fails as
// read_osm() and read_geojson() do.
Result<Network> read_network(std::string_view text);

}  // namespace regmark::planning
