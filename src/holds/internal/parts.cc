#include "holds/internal/parts.h"

#include <string>

namespace regmark::holds {

using records::Row;
using records::Transaction;
using records::Value;

namespace {

constexpr std::string_view columns =
    "at, by, plate, cameras, latitude, longitude, radius, from_time, until_time, reads";

// ?1 is the hold, ?2 to ?8 what question_of() gives.
constexpr std::string_view is_this_part =
    "hold = ?1 AND plate = ?2 AND cameras = ?3 AND latitude IS ?4 AND longitude IS ?5 AND "
    "radius IS ?6 AND from_time = ?7 AND until_time = ?8";

// Ids hold no blanks.
std::string joined(const std::vector<base::CameraId>& cameras) {
  std::string text;
  for (const auto& camera : cameras) text.append(text.empty() ? "" : " ").append(camera.text());
  return text;
}

Result<std::vector<base::CameraId>> cameras_of(const std::string& text) {
  std::vector<base::CameraId> cameras;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    auto camera = base::CameraId::parse(text.substr(at, end - at));
    if (!camera) return fail(ErrorCode::corrupt, "the records hold an id that is none");
    cameras.push_back(*std::move(camera));
    at = end + 1;
  }
  return cameras;
}

// A permit to hold always has a window.
std::vector<Value> question_of(const base::HoldId& id, const access::Scope& scope) {
  const auto& area = scope.area;
  return {id.text(),
          scope.plate,
          joined(scope.cameras),
          area ? Value{area->centre.latitude} : Value{nullptr},
          area ? Value{area->centre.longitude} : Value{nullptr},
          area ? Value{area->radius_m} : Value{nullptr},
          records::value_of(scope.window->from),
          records::value_of(scope.window->until)};
}

Result<Part> part_of(const Row& row) {
  auto by = base::PersonId::parse(row.text(1));
  if (!by) return fail(ErrorCode::corrupt, "the records hold an id that is none");
  REGMARK_ASSIGN(auto cameras, cameras_of(row.text(3)));
  Part part{.at = row.time(0),
            .by = *std::move(by),
            .plate = row.text(2),
            .cameras = std::move(cameras),
            .window = {row.time(7), row.time(8)}};
  if (!row.is_null(4)) part.area = base::Area{{row.real(4), row.real(5)}, row.real(6)};
  if (!row.is_null(9)) part.reads = static_cast<std::uint64_t>(row.integer(9));
  return part;
}

}  // namespace

Result<std::vector<Part>> parts_of(Transaction& transaction, const base::HoldId& id) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT " + std::string(columns) +
                                                      " FROM hold_parts WHERE hold = ?1 "
                                                      "ORDER BY number",
                                                  {id.text()}));
  std::vector<Part> parts;
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto part, part_of(row));
    parts.push_back(std::move(part));
  }
  return parts;
}

Result<void> add_part(Transaction& transaction, const base::HoldId& id,
                      const access::Permit& permit, base::UtcTime now) {
  auto values = question_of(id, permit.scope());
  REGMARK_ASSIGN(
      const auto same,
      transaction.run("SELECT 1 FROM hold_parts WHERE " + std::string(is_this_part), values));
  if (!same.empty()) return {};
  REGMARK_ASSIGN(const auto there,
                 transaction.run("SELECT COUNT(*) FROM hold_parts WHERE hold = ?1", {id.text()}));
  const auto number = there.front().integer(0) + 1;
  if (static_cast<std::size_t>(number) > parts_max) {
    return fail(ErrorCode::limit_exceeded, "this hold was added to " + std::to_string(parts_max) +
                                               " times: hold the rest by another name");
  }
  values.emplace_back(number);
  values.push_back(records::value_of(now));
  values.emplace_back(permit.person().id.text());
  REGMARK_TRY(transaction.run(
      "INSERT INTO hold_parts (hold, plate, cameras, latitude, longitude, radius, from_time, "
      "until_time, number, at, by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      values));
  return {};
}

Result<void> count_part(Transaction& transaction, const base::HoldId& id,
                        const access::Permit& permit, std::uint64_t reads) {
  auto values = question_of(id, permit.scope());
  values.emplace_back(static_cast<std::int64_t>(reads));
  REGMARK_TRY(transaction.run("UPDATE hold_parts SET reads = ?9 WHERE " + std::string(is_this_part),
                              values));
  return {};
}

Result<void> erase_parts(Transaction& transaction, base::UtcTime before) {
  REGMARK_TRY(transaction.run(
      "DELETE FROM hold_parts WHERE hold IN (SELECT id FROM holds WHERE released_at <= ?1)",
      {records::value_of(before)}));
  return {};
}

}  // namespace regmark::holds
