// How alerts ended, in numbers: nothing here is about a vehicle or a person.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "watchlist/reason.h"

namespace regmark::alerts {

// Alerts whose vehicle was listed for this kind of reason, and that ended so.
struct Tally {
  watchlist::ReasonCode reason = watchlist::ReasonCode::other;
  std::string outcome{};  // one of `outcomes`, "rejected" or "retracted"; "open": nobody ended it
  std::uint64_t alerts = 0;
  friend bool operator==(const Tally&, const Tally&) = default;
};

}  // namespace regmark::alerts
