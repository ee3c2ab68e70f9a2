#include "desk/change_camera_keys.h"

#include "desk/ask.h"

namespace regmark::desk {

using access::Act;
using audit::Receipt;

namespace {

Result<Answer<Nothing>> set(const Desk& desk, const Asker& asker, Act act,
                            const base::CameraId& camera,
                            const estate::CameraCredential& credential) {
  return ask_for_key(desk, asker, act, about(camera.text()), "set_camera_credential",
                     [&](const Receipt& receipt) {
                       return nothing(desk.camera_keys.set(receipt, camera, credential));
                     });
}

Result<Answer<Nothing>> remove(const Desk& desk, const Asker& asker, Act act,
                               const base::CameraId& camera) {
  return ask_for_key(
      desk, asker, act, about(camera.text()), "remove_camera_credentials",
      [&](const Receipt& receipt) { return nothing(desk.camera_keys.remove(receipt, camera)); });
}

}  // namespace

Result<Answer<Nothing>> set_camera_credential(const Desk& desk, const Asker& asker,
                                              const base::CameraId& camera,
                                              const estate::CameraCredential& credential) {
  return set(desk, asker, Act::change_estate, camera, credential);
}

Result<Answer<Nothing>> remove_camera_credentials(const Desk& desk, const Asker& asker,
                                                  const base::CameraId& camera) {
  return remove(desk, asker, Act::change_estate, camera);
}

Result<Answer<Nothing>> set_camera_credential_apart(const Desk& desk, const Asker& asker,
                                                    const base::CameraId& camera,
                                                    const estate::CameraCredential& credential) {
  return set(desk, asker, Act::change_covert, camera, credential);
}

Result<Answer<Nothing>> remove_camera_credentials_apart(const Desk& desk, const Asker& asker,
                                                        const base::CameraId& camera) {
  return remove(desk, asker, Act::change_covert, camera);
}

}  // namespace regmark::desk
