// The force's assessment of itself, begun from the records and filed by the controller.
#pragma once

#include "accountability/self_assessments.h"
#include "desk/desk.h"

namespace regmark::desk {

// What the records say now, in the words of the form; nothing is ticked. The act is read_estate.
Result<Answer<assessment::Paper>> begin_self_assessment(const Desk& desk, const Asker& asker);
// Gives its number. The act is decide_estate. Fails as accountability::SelfAssessments does.
Result<Answer<std::uint64_t>> file_self_assessment(const Desk& desk, const Asker& asker,
                                                   const assessment::Paper& paper);
// The act is read_estate.
Result<Answer<std::vector<accountability::SelfAssessment>>> read_self_assessments(
    const Desk& desk, const Asker& asker);

}  // namespace regmark::desk
