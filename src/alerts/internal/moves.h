// From which state a person's step goes, and where to. Knows nothing of records or locks.
#pragma once

#include <string_view>

#include "alerts/alerts.h"

namespace regmark::alerts::internal {

enum class Move : std::uint8_t { confirm, reject, assign, act, close };

inline constexpr Move all_moves[] = {Move::confirm, Move::reject, Move::assign, Move::act,
                                     Move::close};

// The state after the move; `outcome` is the code of a close. Fails with
//   conflict   it does not go from here: the message says why
Result<State> after(const Alert& alert, Move move, std::string_view outcome);

}  // namespace regmark::alerts::internal
