// The county around a made-up force: people, roads, traffic, crime, settlements and points of its
// own, so that every figure about a place has something to rest on.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/geography.h"

namespace regmark::cli {

struct MadeUpPlace {
  std::string id;
  base::Position position;
};

// Each as a file that the office takes in (docs/formats/surroundings_csv.md).
struct MadeUpCounty {
  std::string population, traffic, settlements, crime, points;
  std::string roads;  // GeoJSON, one island, a junction at every place
  std::string plan;   // what is to be planned on them (docs/formats/plan.md)
};

// Every name and number is invented, and the same places and seed give the same county. At least
// two places; of several at one position the first counts.
MadeUpCounty made_up_county(std::span<const MadeUpPlace> places, std::uint32_t seed);

}  // namespace regmark::cli
