#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "accountability/public_versions.h"

namespace regmark::accountability {
namespace {

using Json = nlohmann::json;

constexpr std::array members{"form", "part", "field", "row", "passage", "reason"};

tl::unexpected<Error> wrong() {
  return fail(ErrorCode::invalid_input,
              "a strike has a form, part, field, row, passage and reason, and nothing else");
}

Result<Strike> strike_of(const Json& json) {
  if (!json.is_object() || json.size() != members.size()) return wrong();
  for (const auto* member : members) {
    const auto found = json.find(member);
    const bool is_row = std::string_view(member) == "row";
    if (found == json.end() || !(is_row ? found->is_number_unsigned() : found->is_string())) {
      return wrong();
    }
  }
  return Strike{json["form"],    json["part"],  json["field"], json["row"].get<std::size_t>(),
                json["passage"], json["reason"]};
}

}  // namespace

Result<std::vector<Strike>> parse_strikes(std::string_view text) {
  const auto json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded() || !json.is_array()) return wrong();
  if (json.size() > strikes_max) return fail(ErrorCode::limit_exceeded, "too many strikes");
  std::vector<Strike> strikes;
  for (const auto& one : json) {
    REGMARK_ASSIGN(auto strike, strike_of(one));
    strikes.push_back(std::move(strike));
  }
  return strikes;
}

std::string format_strikes(const std::vector<Strike>& strikes) {
  Json json = Json::array();
  for (const auto& one : strikes) {
    json.push_back({{"form", one.form},
                    {"part", one.part},
                    {"field", one.field},
                    {"row", one.row},
                    {"passage", one.passage},
                    {"reason", one.reason}});
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace regmark::accountability
