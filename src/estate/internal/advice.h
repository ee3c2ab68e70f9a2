// The advice that was given on a site's impact assessment.
#pragma once

#include <span>
#include <string_view>

#include "estate/site_file.h"

namespace regmark::estate::internal {

// Advice of this form was given on the impact assessment that there is, by somebody who did not
// write it. Where one of the two is missing there is nothing to say. Fails with
//   invalid_input   it was given on an earlier one
//   conflict        the same person wrote both
Result<void> check_advice(std::span<const PaperRecord> papers, std::string_view form);

}  // namespace regmark::estate::internal
