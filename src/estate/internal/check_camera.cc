#include "estate/internal/check_camera.h"

namespace regmark::estate::internal {

Result<void> check_camera(records::Transaction& transaction, const base::CameraId& camera,
                          bool is_apart) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT id IN (SELECT id FROM estate_cameras_apart)"
                                 " FROM estate_cameras WHERE id = ?1",
                                 {camera.text()}));
  if (rows.empty() || (rows.front().integer(0) != 0) != is_apart) {
    return fail(ErrorCode::not_found, "there is no such camera");
  }
  return {};
}

}  // namespace regmark::estate::internal
