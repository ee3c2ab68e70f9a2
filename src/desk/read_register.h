// Answers a question about the register of cameras, as a draft that is not for release; and reads
// back what it holds of each camera, for those who may see the estate.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// From the estate's own acts, and what the register adds to them. Fails as
// camera_register::CameraRegister and estate::Estate do.
Result<Answer<camera_register::Draft>> read_register(const Desk& desk, const Asker& asker,
                                                     const camera_register::Asked& asked);

// Which cameras: one, those of a site, or all.
struct WhichCameras {
  std::optional<base::CameraId> camera{};
  std::optional<base::SiteId> site{};
};
// As they are known now, or were known then. Also fails with
//   not_found   neither the register nor the estate has the one that was asked for
Result<Answer<std::vector<camera_register::Known>>> read_particulars(
    const Desk& desk, const Asker& asker, const WhichCameras& which,
    std::optional<base::UtcTime> known);

}  // namespace regmark::desk
