// What professional standards keep to compare searches with.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Rows name people by sign-in name or id. These fail as the functions of oversight::Household do.
Result<Answer<oversight::ImportReport>> import_household(const Desk& desk, const Asker& asker,
                                                         std::string_view csv);
Result<Answer<oversight::ImportReport>> import_duty(const Desk& desk, const Asker& asker,
                                                    std::string_view csv);

}  // namespace regmark::desk
