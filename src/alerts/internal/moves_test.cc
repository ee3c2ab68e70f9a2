#include "alerts/internal/moves.h"

#include <gtest/gtest.h>

#include "alerts/alerts_testing.h"

namespace regmark::alerts::internal {
namespace {

Alert an_alert(State state) {
  return {.id = base::AlertId::parse("alert-1").value(),
          .state = state,
          .has_picture = true,
          .read = plate::a_read("cam-1", "AB12CDE"),
          .hit = a_hit("AB12CDE"),
          .raised_at = {},
          .durable = true,
          .version = 1};
}

// The state's name, or the error's.
std::string outcome(const Result<State>& state) {
  return std::string(state ? name(*state) : regmark::name(state.error().code));
}

// Every state with every move: nothing that is not in this table goes anywhere.
TEST(Moves, GoWhereTheTableSays) {
  struct Case {
    State state;
    std::string_view confirm, reject, assign, act, close;  // closed as no_action
  };
  constexpr std::string_view no = "conflict";
  constexpr Case cases[] = {
      {State::fresh, "confirmed", "rejected", no, no, no},
      {State::confirmed, no, no, "assigned", "acted", "closed"},
      {State::rejected, no, no, no, no, no},
      {State::retracted, no, no, no, no, no},
      {State::assigned, no, no, no, "acted", "closed"},
      {State::acted, no, no, no, no, "closed"},
      {State::closed, no, no, no, no, no},
  };
  static_assert(std::size(cases) == std::size(all_states));
  for (const auto& one : cases) {
    SCOPED_TRACE(name(one.state));
    const auto alert = an_alert(one.state);
    EXPECT_EQ(outcome(after(alert, Move::confirm, "")), one.confirm);
    EXPECT_EQ(outcome(after(alert, Move::reject, "")), one.reject);
    EXPECT_EQ(outcome(after(alert, Move::assign, "")), one.assign);
    EXPECT_EQ(outcome(after(alert, Move::act, "")), one.act);
    EXPECT_EQ(outcome(after(alert, Move::close, "no_action")), one.close);
  }
}

TEST(Moves, WaitUntilTheReadIsKept) {
  for (const auto state : all_states) {
    for (const auto move : all_moves) {
      auto alert = an_alert(state);
      alert.durable = false;
      EXPECT_EQ(outcome(after(alert, move, "no_action")), "conflict");
    }
  }
}

TEST(Moves, WithoutAPictureItCanOnlyBeObserved) {
  auto alert = an_alert(State::fresh);
  alert.has_picture = false;
  EXPECT_EQ(outcome(after(alert, Move::confirm, "")), "conflict");
  EXPECT_EQ(outcome(after(alert, Move::reject, "")), "rejected");
  for (const auto code : outcomes) {
    EXPECT_EQ(outcome(after(alert, Move::close, code)), code == "observed" ? "closed" : "conflict");
  }
}

TEST(Moves, WhatDidNotComeLiveIsNeverActedOn) {
  for (const auto state : all_states) {
    auto alert = an_alert(state);
    alert.live = false;
    EXPECT_EQ(outcome(after(alert, Move::assign, "")), "conflict");
    EXPECT_EQ(outcome(after(alert, Move::act, "")), "conflict");
  }
  auto alert = an_alert(State::fresh);
  alert.live = false;
  EXPECT_EQ(outcome(after(alert, Move::confirm, "")), "confirmed");  // for the record
  EXPECT_EQ(outcome(after(alert, Move::close, "observed")), "closed");
}

TEST(Moves, AnOutcomeOfActingNeedsAnAct) {
  struct Case {
    std::string_view code, fresh, confirmed, assigned, acted;
  };
  constexpr Case cases[] = {
      {"stopped", "conflict", "conflict", "conflict", "closed"},
      {"not_found", "conflict", "conflict", "conflict", "closed"},
      {"wrong_vehicle", "conflict", "conflict", "conflict", "closed"},
      {"already_resolved", "conflict", "closed", "closed", "closed"},
      {"observed", "conflict", "closed", "closed", "closed"},
      {"no_action", "conflict", "closed", "closed", "closed"},
  };
  static_assert(std::size(cases) == std::size(outcomes));
  for (const auto& one : cases) {
    SCOPED_TRACE(one.code);
    EXPECT_EQ(outcome(after(an_alert(State::fresh), Move::close, one.code)), one.fresh);
    EXPECT_EQ(outcome(after(an_alert(State::confirmed), Move::close, one.code)), one.confirmed);
    EXPECT_EQ(outcome(after(an_alert(State::assigned), Move::close, one.code)), one.assigned);
    EXPECT_EQ(outcome(after(an_alert(State::acted), Move::close, one.code)), one.acted);
  }
}

}  // namespace
}  // namespace regmark::alerts::internal
