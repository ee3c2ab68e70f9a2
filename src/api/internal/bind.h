// From JSON that fits its schema to the values that the rooms take.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "api/internal/endpoint.h"
#include "api/internal/schema.h"
#include "base/geography.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace regmark::api {

// The text of a member, or the empty text when it is not there.
inline std::string text_in(const Json& body, const char* name) {
  return body.value(name, std::string());
}

template <typename Id>
Result<Id> id_in(const Json& body, const char* name) {
  return Id::parse(text_in(body, name));
}

// A part of the path. An id that is none names nothing: not_found, not a wrong input.
template <typename Id>
Result<Id> id_in_path(const Call& call, const std::string& name) {
  auto id = Id::parse(call.variable(name));
  if (!id) return fail(ErrorCode::not_found, "there is no such thing");
  return id;
}

// A number in the path; what is none names nothing.
inline Result<std::uint64_t> number_in_path(const Call& call, const std::string& name) {
  const auto& text = call.variable(name);
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    return fail(ErrorCode::not_found, "there is no such thing");
  }
  return number;
}

template <typename Id>
Result<std::vector<Id>> ids_in(const Json& body, const char* name) {
  std::vector<Id> ids;
  if (!body.contains(name)) return ids;
  for (const auto& each : body.at(name)) {
    REGMARK_ASSIGN(auto id, Id::parse(each.template get_ref<const std::string&>()));
    ids.push_back(std::move(id));
  }
  return ids;
}

inline Result<base::UtcTime> time_in(const Json& body, const char* name) {
  return base::parse_utc(text_in(body, name));
}

inline Result<base::UtcDay> day_in(const Json& body, const char* name) {
  return base::parse_day(text_in(body, name));
}

inline base::UtcTime end_of(base::UtcDay day) {
  return day + std::chrono::days{1} - std::chrono::microseconds{1};
}

// The end of the day that a parameter of the query names; nothing where it is not given.
inline Result<std::optional<base::UtcTime>> end_of_day_asked(const Call& call,
                                                             const std::string& name) {
  const auto asked = call.parameter(name);
  if (asked.empty()) return std::nullopt;
  REGMARK_ASSIGN(const auto day, base::parse_day(asked));
  return end_of(day);
}

inline Result<base::Position> position_in(const Json& position) {
  return base::make_position(position.at("latitude").get<double>(),
                             position.at("longitude").get<double>());
}

inline Result<base::Area> area_in(const Json& area) {
  REGMARK_ASSIGN(const auto centre, position_in(area));
  return base::Area{centre, area.at("radius_m").get<double>()};
}

}  // namespace regmark::api
