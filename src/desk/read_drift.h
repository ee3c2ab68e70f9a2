// Shows which cameras have been reading otherwise than they usually do.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Newest first, at most `count`.
Result<Answer<std::vector<drift::Alarm>>> read_drift(const Desk& desk, const Asker& asker,
                                                     std::size_t count);

}  // namespace regmark::desk
