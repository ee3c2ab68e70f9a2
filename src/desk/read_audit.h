// Shows the log and its details to an auditor.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

inline constexpr std::size_t audit_page_max = 1'000;

// At most audit_page_max entries from the `first` on. Fails as audit::Log::read does.
Result<Answer<std::vector<audit::Entry>>> read_audit(const Desk& desk, const Asker& asker,
                                                     std::uint64_t first, std::size_t count);

}  // namespace regmark::desk
