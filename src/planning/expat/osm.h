// Road networks as OpenStreetMap XML (.osm), of which only what a vehicle may drive on is read.
#pragma once

#include <string_view>

#include "base/result.h"
#include "planning/network.h"

namespace regmark::planning {

inline constexpr std::size_t network_file_size_max = std::size_t{256} << 20U;

// Fails with, in this order:
//   limit_exceeded   the text is larger than network_file_size_max, or the network too large
//   invalid_input    no XML, or with a document type (which could grow without bound); an element
//                    that lacks what it needs; a way through a node that is not in the file; a
//                    speed nobody can read. The message says in which line.
// Ways that no vehicle may use (footways, under construction, ...) are not an error: they are not
// read.
Result<Network> read_osm(std::string_view text);

}  // namespace regmark::planning
