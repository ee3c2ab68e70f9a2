// What `regmark read` prints: one plate, one line.
#pragma once

#include <string>

#include "base/time.h"
#include "plate/read.h"
#include "reading/geometry.h"
#include "reading/vote.h"

namespace regmark::reading {

// One plate as it is printed.
struct Line {
  std::string source;  // as it was given
  base::UtcTime at;
  Reading reading;
  std::string country;
  Corners corners{};  // in pixels of the picture, the right way up
  int track = 0;
  plate::Phase phase = plate::Phase::final;
  plate::Direction direction = plate::Direction::unknown;
};

// One JSON object on one line, without its end:
//   {"source":"a.jpg","at":"2026-11-22T02:40:04.123Z","plate":"AB12CDE","score":0.9731,
//    "alternatives":[{"plate":"AB12CDF","score":0.0121}],"character_scores":[0.999,…],
//    "country":"GB","corners":[[x,y],[x,y],[x,y],[x,y]],"track":1,"phase":"final",
//    "direction":"approaching"}
// `country` and `direction` are null where they are unknown. Bytes of a source that are no UTF-8
// become U+FFFD.
std::string json_line(const Line& line);

// The same for a person: plate, score, what else it might be, source.
std::string text_line(const Line& line);

}  // namespace regmark::reading
