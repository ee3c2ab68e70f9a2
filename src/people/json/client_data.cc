#include <nlohmann/json.hpp>

#include "people/internal/webauthn.h"

namespace regmark::people {
namespace {

using Json = nlohmann::json;

// The text of a member, or nothing where it is missing or no text: then it fits nothing.
std::string text_of(const Json& json, const char* member) {
  const auto found = json.find(member);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Result<ClientData> read_client_data(std::span<const std::uint8_t> bytes) {
  const auto wrong = [] {
    return fail(ErrorCode::invalid_input, "what the browser says of the key does not read");
  };
  if (bytes.size() > client_data_size_max) return wrong();
  const auto json = Json::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return wrong();
  const auto crossing = json.find("crossOrigin");
  const bool is_crossing =
      crossing != json.end() && !(crossing->is_boolean() && !crossing->get<bool>());
  return ClientData{text_of(json, "type"), text_of(json, "challenge"), text_of(json, "origin"),
                    is_crossing || json.contains("topOrigin")};
}

}  // namespace regmark::people
