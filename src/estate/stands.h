// How a camera's place stood from one change to the next: why it was there when it read.
#pragma once

#include <optional>

#include "base/time.h"
#include "estate/site_file.h"

namespace regmark::estate {

struct Stand {
  // Exactly one of the two, as it stood then.
  std::optional<SiteRecord> site{};
  std::optional<DeploymentRecord> deployment{};
  base::UtcTime from{};                  // of the change that brought it
  std::optional<base::UtcTime> until{};  // of the next one; nothing: it stands so still
};

}  // namespace regmark::estate
