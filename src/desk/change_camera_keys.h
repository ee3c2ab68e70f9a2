// Registers what a camera shows besides its token.
#pragma once

#include "desk/desk.h"
#include "estate/camera_keys.h"

namespace regmark::desk {

// Both fail as estate::CameraKeys does.
Result<Answer<Nothing>> set_camera_credential(const Desk& desk, const Asker& asker,
                                              const base::CameraId& camera,
                                              const estate::CameraCredential& credential);
Result<Answer<Nothing>> remove_camera_credentials(const Desk& desk, const Asker& asker,
                                                  const base::CameraId& camera);

}  // namespace regmark::desk
