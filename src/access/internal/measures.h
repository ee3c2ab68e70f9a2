// A rule's bounds against the figures of a request.
#pragma once

#include <string>
#include <vector>

#include "access/internal/rules.h"

namespace regmark::access {

// Three answers, because a question that cannot be answered must not pass for a no.
enum class Verdict { yes, no, unevaluable };

struct Measure {
  Verdict within;
  std::string why;  // not within
};

// One for each bound. A figure that the request does not have cannot be compared.
std::vector<Measure> measure(const Bounds& bounds, const Request& request);

}  // namespace regmark::access
