// What one asked for, and for a senior officer what their people did.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Newest first. Fails as authority::Authorities::latest does.
Result<Answer<std::vector<authority::Record>>> read_authorities(const Desk& desk,
                                                                const Asker& asker,
                                                                std::size_t count);

}  // namespace regmark::desk
