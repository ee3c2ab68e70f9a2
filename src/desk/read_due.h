// What is due in the estate, and who is told: reviews, impact assessments, tests of cameras, and
// what was stopped and still stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/desk.h"

namespace regmark::desk {

// One thing that somebody must do.
struct DueThing {
  std::string kind;  // "site", "deployment" or "camera"
  std::string id;
  std::string name;  // or empty
  // "review", "impact", "notice", "end", "clock_test", "accuracy_test", "taking_down"; and
  // "reassessment", of what no yearly review can let continue any more, for it lapsed
  std::string awaits;
  estate::Urgency urgency;
  base::UtcDay due;
  std::optional<base::UtcDay> lapses{};  // after this day its cameras collect no more
};

struct Due {
  std::vector<DueThing> things;  // the most urgent first; nothing that is due later only
  std::uint64_t yours = 0;       // of these, the asker is told of so many
};

inline std::uint64_t rows_in(const Due& due) {
  return due.things.size();
}

// The act is read_estate. Fails as estate::Estate and estate::CameraBook do.
Result<Answer<Due>> read_due(const Desk& desk, const Asker& asker);

}  // namespace regmark::desk
