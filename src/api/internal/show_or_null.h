// What may be missing, as JSON: its text, or null.
#pragma once

#include <optional>

#include "api/internal/schema.h"
#include "base/time.h"

namespace regmark::api {

inline Json time_or_null(const std::optional<base::UtcTime>& time) {
  return time ? Json(base::format_utc(*time)) : Json(nullptr);
}

inline Json day_or_null(const std::optional<base::UtcDay>& day) {
  return day ? Json(base::format_day(*day)) : Json(nullptr);
}

template <typename Id>
Json id_or_null(const std::optional<Id>& id) {
  return id ? Json(id->text()) : Json(nullptr);
}

}  // namespace regmark::api
