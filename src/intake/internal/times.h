// What the clocks say of a read.
#pragma once

#include <string>

#include "base/time.h"
#include "intake/intake.h"

namespace regmark::intake {

struct Times {
  base::UtcTime observed, sent, received;
};

struct TimesVerdict {
  std::string refused;  // the code of a refusal; empty: the read may be kept
  std::string message;
  bool skewed = false;
  bool late = false;
};

// Refused, in this order, are reads observed
//   invalid_input   after they were sent, or far ahead of our own clock
//   too_old         past retention
TimesVerdict judge_times(const Times& times, const Tolerances& tolerances);

}  // namespace regmark::intake
