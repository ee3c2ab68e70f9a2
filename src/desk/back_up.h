// Has the office backed up, and shows which backups there are.
#pragma once

#include <filesystem>

#include "desk/desk.h"

namespace regmark::desk {

// At this place of the configuration, or at each (empty): it is begun at once, and read_backups()
// says how it goes. Fails as backup::Backups::ask_for does.
Result<Answer<std::vector<backup::State>>> back_up(const Desk& desk, const Asker& asker,
                                                   const std::filesystem::path& folder);
Result<Answer<std::vector<backup::State>>> read_backups(const Desk& desk, const Asker& asker);

}  // namespace regmark::desk
