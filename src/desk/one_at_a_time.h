// The turn of whoever reckons over all roads of a county: a plan, figures of a place, a sieve. One
// has it at a time, however many ask, so that the other workers of the office stay with alerts.
#pragma once

#include <mutex>

#include "base/result.h"

namespace regmark::desk {

// Held for as long as it lives. Fails with
//   unavailable   somebody else has it: nobody waits for it on a worker's time
inline Result<std::unique_lock<std::mutex>> take_turn() {
  static std::mutex one_at_a_time;
  std::unique_lock turn(one_at_a_time, std::try_to_lock);
  if (!turn) {
    return fail(ErrorCode::unavailable,
                "another plan or place is being worked out: try again soon");
  }
  return turn;
}

}  // namespace regmark::desk
