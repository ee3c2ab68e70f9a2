// Road networks as GeoJSON (RFC 7946).
#pragma once

#include <string_view>

#include "base/result.h"
#include "planning/network.h"

namespace regmark::planning {

// A FeatureCollection of LineStrings and MultiLineStrings, which meet where they share a position
// (to seven decimals: a centimetre); a Point whose property `junction` names the junction there.
// See docs/formats/plan.md. Fails with, in this order:
//   limit_exceeded   larger than network_file_size_max, or the network is too large
//   invalid_input    no JSON, no FeatureCollection, or a feature that lacks or mistakes something;
//                    the message says which. Features of other kinds are not read.
Result<Network> read_geojson(std::string_view text);

}  // namespace regmark::planning
