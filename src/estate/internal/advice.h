// The advice that was given on a site's impact assessment.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "estate/site_file.h"

namespace regmark::estate::internal {

// Advice of this form was given on the impact assessment that there is, by somebody who did not
// write it. Where one of the two is missing there is nothing to say. Fails with
//   invalid_input   it was given on an earlier one
//   conflict        the same person wrote both
Result<void> check_advice(std::span<const PaperRecord> papers, std::string_view form);

// That it must not go ahead, by the verdict in this part.
bool advises_against(const assessment::Paper& advice, const std::string& part);

// Whose latest advice says that it must not go ahead, in words: the data protection officer, the
// senior person for overt surveillance, staff for serious and organised crime, the national
// service.
std::vector<std::string> advised_against(std::span<const PaperRecord> papers);

}  // namespace regmark::estate::internal
