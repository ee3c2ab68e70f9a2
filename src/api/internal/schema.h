// The shapes of bodies as JSON Schema (2020-12): what openapi.json shows is what is checked.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regmark::api {

using Json = nlohmann::json;

enum class Need { required, optional };

struct Member {
  std::string name;
  Json schema;
  Need need = Need::required;
};

// Each gives one schema. Lengths are in characters.
Json text(std::size_t length_max, std::size_t length_min = 0);
Json id_text();    // what base::is_id accepts
Json time_text();  // RFC 3339 with an offset
Json day_text();   // "2026-11-22"
Json number(double minimum, double maximum);
Json integer(std::int64_t minimum, std::int64_t maximum);
Json count();  // an integer from 0 up
Json flag();
Json one_of(std::initializer_list<std::string_view> words);
Json list_of(Json item, std::size_t length_max);
Json any_object();
// No member but these.
Json object(std::vector<Member> members);
// The schema, or null.
Json or_null(Json schema);
// One of the named schemas of the document.
Json named(std::string_view name);
Json described(Json schema, std::string_view description);

// What does not fit, as "purpose.category: must be text"; nothing when all fits. Never repeats a
// value. `named_schemas` is what named() points into. A keyword that no function above writes is a
// mistake of ours.
std::optional<std::string> mismatch(const Json& value, const Json& schema,
                                    const Json& named_schemas);

inline constexpr std::size_t depth_max = 16;

// Reads one JSON text. Fails with, in this order:
//   limit_exceeded   nested deeper than depth_max
//   invalid_input    no JSON, not UTF-8, or a member that stands twice
Result<Json> parse_json(std::string_view body);

// The text of a value. What is not UTF-8 in it becomes U+FFFD.
std::string to_text(const Json& value);

}  // namespace regmark::api
