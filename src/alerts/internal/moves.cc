#include "alerts/internal/moves.h"

#include <algorithm>

namespace regmark::alerts::internal {
namespace {

tl::unexpected<Error> conflict(std::string message) {
  return fail(ErrorCode::conflict, std::move(message));
}

bool can_only_be_observed(const Alert& alert) {
  return !alert.has_picture || !alert.live;
}

// What came of it although nobody acted.
bool says_that_nobody_acted(std::string_view outcome) {
  return outcome == "observed" || outcome == "already_resolved" || outcome == "no_action";
}

bool goes_from(State state, Move move) {
  switch (move) {
    case Move::confirm:
    case Move::reject:
      return state == State::fresh;
    case Move::assign:
      return state == State::confirmed;
    case Move::act:
      return state == State::confirmed || state == State::assigned;
    case Move::close:
      return !is_over(state);
  }
  return false;
}

Result<State> after_close(const Alert& alert, std::string_view outcome) {
  if (alert.state == State::fresh) {
    if (!can_only_be_observed(alert)) {
      return conflict("confirm it on the picture, or reject it, before it is closed");
    }
    if (outcome != "observed") return conflict("it could only be observed");
  } else if (alert.state != State::acted && !says_that_nobody_acted(outcome)) {
    return conflict("nobody has acted on it: close it as observed, already_resolved or no_action");
  }
  return State::closed;
}

}  // namespace

Result<State> after(const Alert& alert, Move move, std::string_view outcome) {
  if (!goes_from(alert.state, move)) {
    const bool unseen = alert.state == State::fresh && move != Move::confirm;
    return conflict(unseen ? "look at the picture first: it is not confirmed yet"
                           : "that step does not go from " + std::string(name(alert.state)));
  }
  if (!alert.durable) return conflict("its read is not kept yet: try again in a moment");
  switch (move) {
    case Move::confirm:
      if (!alert.has_picture) return conflict("it has no picture: it can only be observed");
      return State::confirmed;
    case Move::reject:
      return State::rejected;
    case Move::assign:
    case Move::act:
      if (!alert.live) return conflict("its read did not come live: it is for the record only");
      return move == Move::assign ? State::assigned : State::acted;
    case Move::close:
      break;
  }
  return after_close(alert, outcome);
}

}  // namespace regmark::alerts::internal
