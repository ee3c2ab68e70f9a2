#include "desk/change_camera_keys.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

Result<Answer<Nothing>> set_camera_credential(const Desk& desk, const Asker& asker,
                                              const base::CameraId& camera,
                                              const estate::CameraCredential& credential) {
  return ask(desk, asker, Act::change_estate, about(camera.text()), [&](const Receipt& receipt) {
    return nothing(desk.camera_keys.set(receipt, camera, credential));
  });
}

Result<Answer<Nothing>> remove_camera_credentials(const Desk& desk, const Asker& asker,
                                                  const base::CameraId& camera) {
  return ask(desk, asker, Act::change_estate, about(camera.text()), [&](const Receipt& receipt) {
    return nothing(desk.camera_keys.remove(receipt, camera));
  });
}

}  // namespace regmark::desk
