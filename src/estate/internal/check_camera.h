// Whether there is such a camera, for rooms that keep things of cameras beside the estate.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "records/database.h"

namespace regmark::estate::internal {

// One that the act may see. Fails with
//   not_found   there is none, or it is kept apart and the act is not for that, or the other way
Result<void> check_camera(records::Transaction& transaction, const base::CameraId& camera,
                          bool is_apart);

}  // namespace regmark::estate::internal
