// A second set of names for a folder's files.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace regmark::base {

// Gives every file in and below `from` a second name at the same place below `to`, which is made:
// what is later replaced or unlinked in the one stays in the other, what is written into an open
// file shows in both. Files that are being written (".new") and locks are left out, and so is what
// goes while this looks. Nothing is synced. Fails with
//   unavailable   the disk is full or away, or `to` lies on another one
Result<void> link_tree(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace regmark::base
