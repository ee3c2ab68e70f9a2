// What is written for a deployment of mobile cameras: as for a site, every step that was taken and
// every paper, as it stood on any day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "estate/site_file.h"

namespace regmark::estate {

struct DeploymentFile {
  DeploymentRecord deployment;
  std::vector<StepRecord> steps;    // in the order in which they were taken; `words` is the need
  std::vector<PaperRecord> papers;  // in the order in which they were written
  std::vector<base::CameraId> cameras;
  // What its next step wants and does not find, in words; of the past there is nothing to do.
  std::vector<std::string> missing{};
};

// What a review of a deployment decides: that it is needed longer.
struct Extension {
  Grounds grounds;      // as they are found now
  base::UtcTime until;  // when the deployment ends, inside the twelve months since it started
};

}  // namespace regmark::estate
