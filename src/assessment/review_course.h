// The course of a yearly review, as section 7 of the guidance has it: from what was found to what
// follows. The outcome is never chosen: it follows from the answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "assessment/paper.h"

namespace regmark::assessment {

// What was found; nothing: nobody has answered.
struct ReviewAnswers {
  std::optional<bool> need_remains;      // 7.2
  std::optional<bool> relevant;          // 7.2, 7.4
  std::optional<bool> aims_met;          // 7.3
  std::optional<bool> location_changed;  // 7.5 i
  std::optional<bool> residents_changed;
  std::optional<bool> transients_changed;
  std::optional<bool> proportionate;  // 7.7
  // 7.7: the impact assessment was written anew, or amended, since the last review. No answer: the
  // site's file says it.
  bool impact_assessed = false;
};

enum class ReviewOutcome : std::uint8_t {
  unanswered,  // the last paragraph walked is the one that wants an answer
  go_on,       // continue deployment: 7.6, 7.8
  // It did not meet its aims, so ANPR may not be the right response: 7.3. Or its impact changed,
  // and nobody assessed that: 7.7.
  reassess,
  stop,  // cease collection and decommission: 7.4, 7.9
};

std::string_view name(ReviewOutcome outcome);

struct ReviewCourse {
  ReviewOutcome outcome;
  // In the order in which they were walked. The last is the one that the outcome follows from, or
  // that wants an answer.
  std::vector<std::string_view> paragraphs;
};

ReviewCourse follow(const ReviewAnswers& answers);

// What a paper of the form "review" answers; of the impact assessment it says nothing.
ReviewAnswers answers_in(const Paper& review);

}  // namespace regmark::assessment
