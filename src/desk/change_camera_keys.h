// Registers what a camera shows besides its token.
#pragma once

#include "desk/desk.h"
#include "estate/camera_keys.h"

namespace regmark::desk {

// All fail as estate::CameraKeys does.
Result<Answer<Nothing>> set_camera_credential(const Desk& desk, const Asker& asker,
                                              const base::CameraId& camera,
                                              const estate::CameraCredential& credential);
Result<Answer<Nothing>> remove_camera_credentials(const Desk& desk, const Asker& asker,
                                                  const base::CameraId& camera);
// The same of a camera that is kept apart: the act is change_covert.
Result<Answer<Nothing>> set_camera_credential_apart(const Desk& desk, const Asker& asker,
                                                    const base::CameraId& camera,
                                                    const estate::CameraCredential& credential);
Result<Answer<Nothing>> remove_camera_credentials_apart(const Desk& desk, const Asker& asker,
                                                        const base::CameraId& camera);

}  // namespace regmark::desk
