// `regmark doctor`: looks at an office from outside, on its own machine, and says what to do.
//
// It opens nothing that a person may not see: it counts, and looks at files' modes and ages. It may
// run beside the office.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "base/time.h"
#include "server/serve.h"
#include "server/settings.h"

namespace regmark::server {

enum class Health : std::uint8_t { ok, warning, problem };

struct Finding {
  Health health = Health::ok;
  std::string part;      // "clock", "backup", ...
  std::string words;     // what was seen
  std::string advice{};  // what to do; empty when all is well
};

// In the order of the table in docs/doctor.md; at least one of each part.
std::vector<Finding> examine(const Settings& settings, const base::Clock& clock);

// Prints what examine() finds. Gives the exit status: 0 nothing worse than a warning, 1 a problem,
// 2 what was asked makes no sense.
int run_doctor(const ServeOptions& options, std::ostream& out, std::ostream& err);

}  // namespace regmark::server
