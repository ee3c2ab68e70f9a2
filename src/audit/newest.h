// When the log was last written, by what it says itself: a file's own time is that of its copy.
#pragma once

#include <filesystem>
#include <optional>

#include "audit/verifier_key.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::audit {

// The latest time among the newest records, 256 of them at least where there are so many: one that
// was written while the clock was wrong does not hide those before it. Of one whose details were
// erased, the beginning of its day. Nothing: the log is empty. The log may be in use. Fails with
//   not_found     there is no log
//   corrupt       it does not read, or is not signed by this key
//   unavailable   the disk is away
Result<std::optional<base::UtcTime>> newest_record_at(const std::filesystem::path& folder,
                                                      const PublicKey& key);

}  // namespace regmark::audit
