#include "assessment/review_course.h"

namespace regmark::assessment {
namespace {

std::optional<bool> yes_or_no(std::string_view answer) {
  if (answer == "yes") return true;
  if (answer == "no") return false;
  return std::nullopt;
}

}  // namespace

std::string_view name(ReviewOutcome outcome) {
  switch (outcome) {
    case ReviewOutcome::unanswered:
      return "unanswered";
    case ReviewOutcome::go_on:
      return "continue";
    case ReviewOutcome::reassess:
      return "reassess";
    case ReviewOutcome::stop:
      return "stop";
  }
  return "unknown";
}

ReviewCourse follow(const ReviewAnswers& answers) {
  ReviewCourse course{ReviewOutcome::unanswered, {"7.1", "7.2"}};
  const auto ends = [&](ReviewOutcome outcome) {
    course.outcome = outcome;
    return course;
  };
  if (!answers.need_remains || !answers.relevant) return course;
  course.paragraphs.emplace_back("7.3");
  if (!answers.aims_met) return course;
  if (!*answers.need_remains || !*answers.relevant) {
    course.paragraphs.emplace_back("7.4");
    return ends(ReviewOutcome::stop);
  }
  course.paragraphs.emplace_back("7.5");
  if (!answers.location_changed || !answers.residents_changed || !answers.transients_changed) {
    return course;
  }
  const bool changed =
      *answers.location_changed || *answers.residents_changed || *answers.transients_changed;
  if (changed) {
    course.paragraphs.emplace_back("7.7");
    if (!answers.proportionate) return course;
    if (!*answers.proportionate) {
      course.paragraphs.emplace_back("7.9");
      return ends(ReviewOutcome::stop);
    }
  }
  if (!*answers.aims_met) {
    // Neither 7.6 nor 7.8, which let it continue: why it is assessed anew stands in 7.3.
    course.paragraphs.assign({"7.1", "7.2", "7.3"});
    return ends(ReviewOutcome::reassess);
  }
  if (!changed) {
    course.paragraphs.emplace_back("7.6");
    return ends(ReviewOutcome::go_on);
  }
  // That it is proportionate is found by assessing the impact as it is now, not as it was.
  if (!answers.impact_assessed) return ends(ReviewOutcome::reassess);
  course.paragraphs.emplace_back("7.8");
  return ends(ReviewOutcome::go_on);
}

ReviewAnswers answers_in(const Paper& review) {
  return {.need_remains = yes_or_no(review.answer("need", "need_remains")),
          .relevant = yes_or_no(review.answer("need", "relevant")),
          .aims_met = yes_or_no(review.answer("aims", "met")),
          .location_changed = yes_or_no(review.answer("impact", "location_changed")),
          .residents_changed = yes_or_no(review.answer("impact", "residents_changed")),
          .transients_changed = yes_or_no(review.answer("impact", "transients_changed")),
          .proportionate = yes_or_no(review.answer("proportionate", "still")),
          .impact_assessed = false};
}

}  // namespace regmark::assessment
