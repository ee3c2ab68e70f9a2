// What the estate asks of what it is given, before it looks at its records.
#pragma once

#include <string_view>

#include "estate/estate.h"

namespace regmark::estate::internal {

// All fail with
//   invalid_input   which part is missing or out of range
Result<void> check_reason(std::string_view reason);
Result<void> check_grounds(const Grounds& grounds, base::UtcTime now);
Result<void> check_site(const NewSite& site, base::UtcTime now);
Result<void> check_deployment(const NewDeployment& deployment, base::UtcTime now);
Result<void> check_camera(const NewCamera& camera);

}  // namespace regmark::estate::internal
