// When a camera may collect, worked out from what was decided and when.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "estate/justification.h"

namespace regmark::estate::internal {

// An approval or a review: from `at` until the end of the day `review`.
struct Decision {
  base::UtcTime at;
  base::UtcDay review;
};

// The first instant at which a review on that day is overdue.
inline base::UtcTime overdue_from(base::UtcDay review) {
  return review + std::chrono::days{1};
}

// Decisions in the order they were made; each ends the one before. Gives periods in order that do
// not touch one another.
std::vector<Period> live_periods(std::span<const Decision> decisions);

// What is left of the periods inside a bound; empty ones go.
std::vector<Period> cut(std::span<const Period> periods, const Period& bound);

// A camera's whole life, its site's or deployment's included.
struct Lifetime {
  std::vector<Period> periods;  // when it may collect
  // When it, its site or its deployment was stopped or came to its planned end, whichever was
  // first; and in words why.
  std::optional<base::UtcTime> ended;
  std::string why_ended;
  // What it lapses for, once its periods are over: "review was due 2026-11-09".
  std::string why_lapsed{};
  std::string opens_again{};  // "until it is assessed and decided anew"; empty: nothing is said
};

struct Verdict {
  bool collects = false;     // it may observe now
  bool may_hand_in = false;  // or it may still hand in what it observed before its end
  std::string why_not;       // when it does not collect
};

Verdict judge(const Lifetime& life, base::UtcTime now);

}  // namespace regmark::estate::internal
