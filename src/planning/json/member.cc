#include "planning/json/member.h"

#include <algorithm>
#include <set>

namespace regmark::planning {
namespace {

constexpr int depth_max = 16;

}  // namespace

Json parse_or_throw(std::string_view text) {
  std::vector<std::set<std::string>> names;
  bool twice = false;
  bool deep = false;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    deep = deep || depth > depth_max;
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key) {
      twice = twice || !names.back().insert(parsed.get_ref<const std::string&>()).second;
    }
    return true;
  };
  try {
    auto json = Json::parse(text, watch);
    if (deep) throw Wrong{ErrorCode::invalid_input, "the JSON is nested deeper than 16"};
    if (twice) throw Wrong{ErrorCode::invalid_input, "a member of an object stands twice"};
    return json;
  } catch (const Json::parse_error& error) {
    throw Wrong{ErrorCode::invalid_input, "no JSON, at byte " + std::to_string(error.byte)};
  } catch (const Json::exception&) {
    throw Wrong{ErrorCode::invalid_input, "no JSON: a number is too large"};
  }
}

void Member::check_members(std::initializer_list<std::string_view> members) const {
  if (!json_.is_object()) wrong("an object is wanted");
  for (const auto& [member, value] : json_.items()) {
    if (std::ranges::find(members, member) == members.end()) {
      wrong("unknown member \"" + member + "\"");
    }
  }
}

Member Member::at(const char* name) const {
  if (!json_.is_object()) wrong("an object is wanted");
  const auto found = json_.find(name);
  if (found == json_.end()) wrong("\"" + std::string(name) + "\" is missing");
  return {*found, where_.empty() ? name : where_ + "." + name};
}

std::string Member::text(std::size_t size_max, std::size_t size_min) const {
  if (!json_.is_string()) wrong("a text is wanted");
  const auto& text = json_.get_ref<const std::string&>();
  if (text.size() < size_min || text.size() > size_max) {
    wrong(std::to_string(size_min) + " to " + std::to_string(size_max) + " bytes are wanted");
  }
  const auto is_control = [](char character) {
    return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
  };
  if (std::ranges::any_of(text, is_control)) wrong("control characters are not allowed");
  return text;
}

double Member::number(double least, double most) const {
  const double value = json_.is_number() ? json_.get<double>() : std::nan("");
  if (!(value >= least && value <= most)) {
    std::string range = Json(least).dump();
    range += " to ";
    range += Json(most).dump();
    wrong("a number from " + range + " is wanted");
  }
  return value;
}

std::int64_t Member::integer(std::int64_t least, std::int64_t most) const {
  const bool fits = json_.is_number_integer() &&
                    json_.get<double>() >= static_cast<double>(least) &&
                    json_.get<double>() <= static_cast<double>(most);
  if (!fits) {
    wrong("a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
          " is wanted");
  }
  return json_.get<std::int64_t>();
}

bool Member::flag() const {
  if (!json_.is_boolean()) wrong("true or false is wanted");
  return json_.get<bool>();
}

base::Position Member::position() const {
  const auto made =
      base::make_position(at("latitude").number(-90, 90), at("longitude").number(-180, 180));
  if (!made) wrong(made.error().message);
  return *made;
}

}  // namespace regmark::planning
