#include "intake/internal/times.h"

namespace regmark::intake {

TimesVerdict judge_times(const Times& times, const Tolerances& tolerances) {
  TimesVerdict verdict;
  if (times.observed > times.sent + tolerances.skew_max + tolerances.future_max) {
    verdict.refused = "invalid_input";
    verdict.message = "observed: after it was sent";
  } else if (times.observed > times.received + tolerances.ahead_max) {
    verdict.refused = "invalid_input";
    verdict.message = "observed: in the future";
  } else if (times.observed < times.received - tolerances.age_max) {
    verdict.refused = "too_old";
    verdict.message = "observed: longer ago than reads are kept";
  }
  const auto skew = times.received - times.sent;
  verdict.skewed = skew > tolerances.skew_max || skew < -tolerances.skew_max;
  verdict.late = times.sent - times.observed > tolerances.live_max;
  return verdict;
}

}  // namespace regmark::intake
