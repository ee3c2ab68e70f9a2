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

Result<std::optional<base::UtcDay>> put_up_on(records::Transaction& transaction,
                                              const base::CameraId& camera) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT c.live_from, EXISTS (SELECT 1 FROM estate_history h WHERE"
                                 " h.kind = 'site' AND h.subject = c.site AND h.step = 'inherited'"
                                 " AND h.at = c.live_from) FROM estate_cameras c WHERE c.id = ?1",
                                 {camera.text()}));
  if (rows.empty()) return fail(ErrorCode::not_found, "there is no such camera");
  std::optional<base::UtcDay> day;
  if (rows.front().integer(1) == 0) day = base::day_of(rows.front().time(0));
  return day;
}

}  // namespace regmark::estate::internal
