// Whether there is such a camera, for rooms that keep things of cameras beside the estate.
#pragma once

#include <optional>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "records/database.h"

namespace regmark::estate::internal {

// One that the act may see. Fails with
//   not_found   there is none, or it is kept apart and the act is not for that, or the other way
Result<void> check_camera(records::Transaction& transaction, const base::CameraId& camera,
                          bool is_apart);

// The day on which it was put up; nothing: it was inherited, and stood before these records began.
// There must be such a camera.
Result<std::optional<base::UtcDay>> put_up_on(records::Transaction& transaction,
                                              const base::CameraId& camera);

}  // namespace regmark::estate::internal
