// From JSON that fits its schema to the values that the rooms take.
#pragma once

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

inline Result<base::Position> position_in(const Json& position) {
  return base::make_position(position.at("latitude").get<double>(),
                             position.at("longitude").get<double>());
}

inline Result<base::Area> area_in(const Json& area) {
  REGMARK_ASSIGN(const auto centre, position_in(area));
  return base::Area{centre, area.at("radius_m").get<double>()};
}

}  // namespace regmark::api
