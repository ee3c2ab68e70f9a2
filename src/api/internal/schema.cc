#include "api/internal/schema.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/ids.h"
#include "base/time.h"

namespace regmark::api {
namespace {

constexpr std::string_view prefix = "#/components/schemas/";

// A name as it may stand in a message: what came from outside only when it is harmless.
std::string shown(const std::string& name) {
  return base::is_id(name) ? name : "(unnamed)";
}

std::string join(const std::string& path, const std::string& name) {
  return path.empty() ? name : path + "." + name;
}

std::string said(const std::string& path, const std::string& what) {
  return (path.empty() ? std::string("the body") : path) + ": " + what;
}

// Code points of valid UTF-8; the parser took nothing else.
std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

class Checker {
 public:
  explicit Checker(const Json& named_schemas) : named_schemas_(named_schemas) {}

  std::optional<std::string> check(const Json& value, const Json& schema,
                                   const std::string& path) const {
    if (const auto reference = schema.find("$ref"); reference != schema.end()) {
      const auto name = reference->get<std::string>().substr(prefix.size());
      REGMARK_CHECK(named_schemas_.contains(name));
      return check(value, named_schemas_.at(name), path);
    }
    if (const auto choices = schema.find("anyOf"); choices != schema.end()) {
      // Only or_null() writes it, with the real schema first.
      return value.is_null() ? std::nullopt : check(value, choices->front(), path);
    }
    const auto type = schema.at("type").get<std::string>();
    if (type == "object") return check_object(value, schema, path);
    if (type == "array") return check_array(value, schema, path);
    if (type == "string") return check_text(value, schema, path);
    if (type == "boolean") {
      return value.is_boolean() ? std::nullopt : std::optional(said(path, "must be true or false"));
    }
    REGMARK_CHECK(type == "number" || type == "integer");
    return check_number(value, schema, path);
  }

 private:
  std::optional<std::string> check_object(const Json& value, const Json& schema,
                                          const std::string& path) const {
    if (!value.is_object()) return said(path, "must be an object");
    const auto properties = schema.find("properties");
    if (properties == schema.end()) return std::nullopt;
    for (const auto& name : schema.at("required")) {
      if (!value.contains(name.get<std::string>())) {
        return said(join(path, name.get<std::string>()), "is missing");
      }
    }
    for (const auto& [name, member] : value.items()) {
      const auto known = properties->find(name);
      if (known == properties->end()) {
        if (schema.value("additionalProperties", false)) continue;
        return said(path, "has no member called " + shown(name));
      }
      if (auto wrong = check(member, *known, join(path, name))) return wrong;
    }
    return std::nullopt;
  }

  std::optional<std::string> check_array(const Json& value, const Json& schema,
                                         const std::string& path) const {
    if (!value.is_array()) return said(path, "must be a list");
    const auto length_max = schema.at("maxItems").get<std::size_t>();
    if (value.size() > length_max) {
      return said(path, "must have at most " + std::to_string(length_max) + " items");
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (auto wrong = check(value[i], schema.at("items"), path + "[" + std::to_string(i) + "]")) {
        return wrong;
      }
    }
    return std::nullopt;
  }

  static std::optional<std::string> check_text(const Json& value, const Json& schema,
                                               const std::string& path) {
    if (!value.is_string()) return said(path, "must be text");
    const auto& text = value.get_ref<const std::string&>();
    if (const auto words = schema.find("enum"); words != schema.end()) {
      if (std::ranges::find(*words, value) != words->end()) return std::nullopt;
      std::string all;
      for (const auto& word : *words) {
        all.append(all.empty() ? "" : ", ").append(word.get_ref<const std::string&>());
      }
      return said(path, "must be one of: " + all);
    }
    const std::size_t length = characters(text);
    const auto length_max = schema.at("maxLength").get<std::size_t>();
    if (length > length_max) {
      return said(path, "must have at most " + std::to_string(length_max) + " characters");
    }
    if (length < schema.value("minLength", std::size_t{0})) return said(path, "is too short");
    const auto format = schema.value("format", std::string());
    if (format == "date-time" && !base::parse_utc(text)) {
      return said(path, "must be a time with an offset, such as 2026-11-22T02:40:04Z");
    }
    if (format == "date" && !base::parse_day(text)) {
      return said(path, "must be a day, such as 2026-11-22");
    }
    if (schema.contains("pattern") && !base::is_id(text)) {
      return said(path, "must be 1 to 64 letters, digits, '.', '_' or '-'");
    }
    return std::nullopt;
  }

  static std::optional<std::string> check_number(const Json& value, const Json& schema,
                                                 const std::string& path) {
    const bool whole = schema.at("type") == "integer";
    if (whole ? !value.is_number_integer() : !value.is_number()) {
      return said(path, whole ? "must be a whole number" : "must be a number");
    }
    // Signed, unsigned and floating values compare as what they are.
    if (value < schema.at("minimum") || value > schema.at("maximum")) {
      return said(path, "must be from " + schema.at("minimum").dump() + " to " +
                            schema.at("maximum").dump());
    }
    return std::nullopt;
  }

  const Json& named_schemas_;
};

}  // namespace

Json text(std::size_t length_max, std::size_t length_min) {
  Json schema{{"type", "string"}, {"maxLength", length_max}};
  if (length_min > 0) schema["minLength"] = length_min;
  return schema;
}

Json id_text() {
  return {{"type", "string"},
          {"minLength", 1},
          {"maxLength", base::id_length_max},
          {"pattern", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}};
}

Json time_text() {
  return {{"type", "string"}, {"format", "date-time"}, {"maxLength", 40}};
}

Json day_text() {
  return {{"type", "string"}, {"format", "date"}, {"maxLength", 10}};
}

Json number(double minimum, double maximum) {
  return {{"type", "number"}, {"minimum", minimum}, {"maximum", maximum}};
}

Json integer(std::int64_t minimum, std::int64_t maximum) {
  return {{"type", "integer"}, {"minimum", minimum}, {"maximum", maximum}};
}

// The largest whole number that every reader of JSON takes exactly (RFC 8259 section 6).
Json count() {
  return integer(0, (std::int64_t{1} << 53U) - 1);
}

Json flag() {
  return {{"type", "boolean"}};
}

Json one_of(std::initializer_list<std::string_view> words) {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const auto word : words) schema["enum"].push_back(std::string(word));
  return schema;
}

Json list_of(Json item, std::size_t length_max) {
  return {{"type", "array"}, {"items", std::move(item)}, {"maxItems", length_max}};
}

Json any_object() {
  return {{"type", "object"}};
}

Json object(std::vector<Member> members) {
  Json schema{{"type", "object"},
              {"properties", Json::object()},
              {"required", Json::array()},
              {"additionalProperties", false}};
  for (auto& member : members) {
    if (member.need == Need::required) schema["required"].push_back(member.name);
    schema["properties"][member.name] = std::move(member.schema);
  }
  return schema;
}

Json or_null(Json schema) {
  return {{"anyOf", Json::array({std::move(schema), Json{{"type", "null"}}})}};
}

Json named(std::string_view name) {
  return {{"$ref", std::string(prefix) + std::string(name)}};
}

Json described(Json schema, std::string_view description) {
  schema["description"] = std::string(description);
  return schema;
}

std::optional<std::string> mismatch(const Json& value, const Json& schema,
                                    const Json& named_schemas) {
  return Checker(named_schemas).check(value, schema, {});
}

Result<Json> parse_json(std::string_view body) {
  bool too_deep = false;
  bool twice = false;
  // The names seen in each object that is open.
  std::vector<std::set<std::string>> open;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    const bool opens =
        event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    if (opens && depth >= static_cast<int>(depth_max)) too_deep = true;
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end && !open.empty()) open.pop_back();
    if (event == Json::parse_event_t::key && !open.empty()) {
      twice |= !open.back().insert(parsed.get<std::string>()).second;
    }
    return !too_deep;
  };
  auto value = Json::parse(body, watch, /*allow_exceptions=*/false);
  if (too_deep) {
    return fail(ErrorCode::limit_exceeded,
                "the body is nested deeper than " + std::to_string(depth_max));
  }
  if (value.is_discarded()) return fail(ErrorCode::invalid_input, "the body is no JSON in UTF-8");
  if (twice) return fail(ErrorCode::invalid_input, "the body has a member that stands twice");
  return value;
}

std::string to_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace regmark::api
