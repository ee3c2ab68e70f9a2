// Answers a question about the register of cameras, as a draft that is not for release.
#pragma once

#include "desk/desk.h"

namespace regmark::desk {

// Fails as camera_register::CameraRegister and estate::Estate do.
Result<Answer<camera_register::Draft>> read_register(const Desk& desk, const Asker& asker,
                                                     const camera_register::Asked& asked);

}  // namespace regmark::desk
