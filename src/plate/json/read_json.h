// A read as people and programs outside get it.
#pragma once

#include <nlohmann/json.hpp>

#include "plate/read.h"

namespace regmark::plate {

// Everything but the camera's own name for the event. Scores have four decimals, times are RFC 3339
// in UTC; what the camera did not say is null or an empty text.
nlohmann::json json_of(const Read& read);

}  // namespace regmark::plate
