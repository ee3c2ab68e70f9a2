// What an alert is about, its read and its hit, as one JSON text: the form in which the records
// keep it. nlohmann's JSON does the work.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "plate/read.h"
#include "watchlist/lists.h"

namespace regmark::alerts::json {

struct About {
  plate::Read read;
  watchlist::Hit hit;
};

std::string encode(const plate::Read& read, const watchlist::Hit& hit);

// Fails with
//   corrupt   encode() did not write this
Result<About> decode(std::string_view text);

}  // namespace regmark::alerts::json
