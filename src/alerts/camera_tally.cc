#include "alerts/camera_tally.h"

#include <array>

namespace regmark::alerts {
namespace {

using records::Transaction;

constexpr std::string_view chosen =
    " FROM alerts_alerts a WHERE camera = ?1 AND observed_day >= ?2 AND observed_day < ?3";

std::int64_t number_of(base::UtcDay day) {
  return day.time_since_epoch().count();
}

Result<CameraTally> tally(Transaction& transaction, const base::CameraId& camera, base::UtcDay from,
                          base::UtcDay until) {
  const std::array<records::Value, 3> values{camera.text(), number_of(from), number_of(until)};
  REGMARK_ASSIGN(const auto counts,
                 transaction.run("SELECT COUNT(*), COUNT(confirmed_by),"
                                 " COUNT(*) FILTER (WHERE state = 'rejected'),"
                                 " COUNT(*) FILTER (WHERE state = 'retracted'),"
                                 " COUNT(*) FILTER (WHERE state = 'new'),"
                                 " COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM alerts_steps s"
                                 " WHERE s.alert = a.id AND s.to_state = 'acted'))" +
                                     std::string(chosen),
                                 std::span<const records::Value>(values)));
  const auto at = [&](std::size_t column) {
    return static_cast<std::uint64_t>(counts.front().integer(column));
  };
  CameraTally found{camera, at(0), at(1), at(2), at(3), at(4), at(5), {}};
  REGMARK_ASSIGN(const auto outcomes,
                 transaction.run("SELECT outcome, COUNT(*)" + std::string(chosen) +
                                     " AND outcome <> '' GROUP BY outcome",
                                 std::span<const records::Value>(values)));
  for (const auto& row : outcomes) {
    found.outcomes.emplace(row.text(0), static_cast<std::uint64_t>(row.integer(1)));
  }
  return found;
}

}  // namespace

Result<std::vector<CameraTally>> CameraTallies::of(const audit::Receipt& receipt,
                                                   std::span<const base::CameraId> cameras,
                                                   base::UtcDay from, base::UtcDay until) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::read_estate, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::vector<CameraTally>> {
    std::vector<CameraTally> tallies;
    for (const auto& camera : cameras) {
      REGMARK_ASSIGN(auto one, tally(transaction, camera, from, until));
      tallies.push_back(std::move(one));
    }
    return tallies;
  });
}

}  // namespace regmark::alerts
