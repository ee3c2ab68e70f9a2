// Signs of misuse, and what nobody reviewed in time: for professional standards.
#pragma once

#include "desk/desk.h"
#include "oversight/signals.h"

namespace regmark::desk {

struct SignalsAndMore {
  std::vector<oversight::Signal> signals;
  std::vector<oversight::SearchNote> evidence;  // the searches that they rest on, oldest first
  std::vector<oversight::Review> escalated;
  std::vector<oversight::FollowUp> missed;  // by others, and nobody saw to it in time
};

// For the log.
inline std::uint64_t rows_in(const SignalsAndMore& found) {
  return found.signals.size();
}

// Of the last `within` days. Fails as oversight::Searches::since does.
Result<Answer<SignalsAndMore>> read_signals(const Desk& desk, const Asker& asker,
                                            std::chrono::days within);

}  // namespace regmark::desk
