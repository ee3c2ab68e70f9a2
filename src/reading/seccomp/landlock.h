// Landlock by its system calls: Debian 12's headers are older than the kernels it may run on.
#pragma once

#include "base/result.h"
#include "reading/sandbox.h"

namespace regmark::reading {

// Holds this thread and those it starts. Gives false where the kernel has no Landlock. Fails as
// enter_sandbox() does.
Result<bool> hold_files(const SandboxRules& rules, int version);

}  // namespace regmark::reading
