#include "records/database.h"

#include "base/check.h"

namespace regmark::records {

namespace {

template <typename T>
const T& column_as(const std::vector<Value>& columns, std::size_t column) {
  REGMARK_CHECK(column < columns.size());
  const auto* value = std::get_if<T>(&columns[column]);
  REGMARK_CHECK(value != nullptr);
  return *value;
}

}  // namespace

bool Row::is_null(std::size_t column) const {
  REGMARK_CHECK(column < columns_.size());
  return std::holds_alternative<std::nullptr_t>(columns_[column]);
}

std::int64_t Row::integer(std::size_t column) const {
  return column_as<std::int64_t>(columns_, column);
}

double Row::real(std::size_t column) const {
  return column_as<double>(columns_, column);
}

const std::string& Row::text(std::size_t column) const {
  return column_as<std::string>(columns_, column);
}

const base::Bytes& Row::bytes(std::size_t column) const {
  return column_as<base::Bytes>(columns_, column);
}

base::UtcTime Row::time(std::size_t column) const {
  return base::UtcTime{std::chrono::microseconds{integer(column)}};
}

std::optional<base::UtcTime> Row::optional_time(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return time(column);
}

std::string Row::text_or_empty(std::size_t column) const {
  return is_null(column) ? std::string() : text(column);
}

}  // namespace regmark::records
