#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "people/internal/id_token.h"

namespace regmark::people {
namespace {

using Json = nlohmann::json;

// What is no JSON object becomes null, in which nothing is found.
Json object_of(std::string_view text) {
  auto json = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  return json.is_object() ? json : Json(nullptr);
}

// The text of a member, or nothing where it is missing or no text.
std::string text_in(const Json& json, const std::string& member) {
  if (!json.is_object()) return {};
  const auto found = json.find(member);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> time_in(const Json& json, const char* member) {
  constexpr double latest = 1e12;
  const auto found = json.find(member);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  const auto seconds = found->get<double>();
  if (!(seconds >= 0 && seconds < latest)) return std::nullopt;
  return static_cast<std::int64_t>(seconds);
}

// One text, or a list of texts. What is neither becomes a list that nothing is in.
std::vector<std::string> texts_in(const Json& json, const char* member) {
  std::vector<std::string> texts;
  const auto found = json.find(member);
  if (found == json.end()) return texts;
  if (found->is_string()) return {found->get<std::string>()};
  if (!found->is_array()) return texts;
  for (const auto& each : *found) {
    texts.push_back(each.is_string() ? each.get<std::string>() : std::string());
  }
  return texts;
}

std::optional<ProviderKey> key_in(const Json& json) {
  ProviderKey key{text_in(json, "kid"), text_in(json, "kty"), text_in(json, "alg"), {}, {}};
  const auto use = text_in(json, "use");
  const bool is_rsa = key.kind == "RSA";
  const bool is_p256 = key.kind == "EC" && text_in(json, "crv") == "P-256";
  if (key.id.empty() || (!use.empty() && use != "sig") || (!is_rsa && !is_p256)) {
    return std::nullopt;
  }
  auto first = base::from_base64_url(text_in(json, is_rsa ? "n" : "x"));
  auto second = base::from_base64_url(text_in(json, is_rsa ? "e" : "y"));
  if (!first || !second) return std::nullopt;
  key.first = *std::move(first);
  key.second = *std::move(second);
  return key;
}

Result<Json> part_of(std::string_view text) {
  REGMARK_ASSIGN(const auto bytes, base::from_base64_url(text));
  auto json = object_of(base::as_text(bytes));
  if (json.is_null()) return fail(ErrorCode::invalid_input, "no object");
  return json;
}

// Whether a token is one for signing in, as far as it says what it is.
bool is_plain(const Json& header) {
  auto type = text_in(header, "typ");
  std::ranges::transform(type, type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return !header.contains("crit") && !header.contains("b64") && (type.empty() || type == "jwt");
}

}  // namespace

Result<Discovered> read_discovery(std::string_view text) {
  const auto json = object_of(text);
  Discovered found{text_in(json, "issuer"), text_in(json, "authorization_endpoint"),
                   text_in(json, "token_endpoint"), text_in(json, "jwks_uri"),
                   json.is_object() && json.value("authorization_response_iss_parameter_supported",
                                                  Json()) == true};
  if (found.issuer.empty() || found.authorization.empty() || found.token.empty() ||
      found.keys.empty()) {
    return fail(ErrorCode::invalid_input, "it does not say where it answers");
  }
  return found;
}

Result<std::vector<ProviderKey>> read_provider_keys(std::string_view text) {
  const auto wrong = [] { return fail(ErrorCode::invalid_input, "its keys do not read"); };
  const auto json = object_of(text);
  if (!json.is_object() || !json.contains("keys")) return wrong();
  const auto& all = json.at("keys");
  if (!all.is_array() || all.size() > provider_keys_max) return wrong();
  std::vector<ProviderKey> keys;
  for (const auto& each : all) {
    auto key = key_in(each);
    if (!key) continue;
    if (std::ranges::find(keys, key->id, &ProviderKey::id) != keys.end()) return wrong();
    keys.push_back(*std::move(key));
  }
  return keys;
}

Result<std::string> read_token_reply(std::string_view text) {
  auto token = text_in(object_of(text), "id_token");
  if (token.empty()) return fail(ErrorCode::invalid_input, "it gave no token");
  return token;
}

Result<Token> read_token(std::string_view text, const std::string& claim) {
  const auto wrong = [] {
    return fail(ErrorCode::invalid_input, "the identity provider's token does not read");
  };
  const auto first = text.find('.');
  const auto second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (text.size() > token_size_max || second == std::string_view::npos) return wrong();
  const auto header = part_of(text.substr(0, first));
  const auto body = part_of(text.substr(first + 1, second - first - 1));
  auto signature = base::from_base64_url(text.substr(second + 1));
  if (!header || !body || !signature || !is_plain(*header)) return wrong();
  Claims claims{.issuer = text_in(*body, "iss"),
                .subject = text_in(*body, "sub"),
                .name = text_in(*body, claim),
                .nonce = text_in(*body, "nonce"),
                .authorized_party = text_in(*body, "azp"),
                .acr = text_in(*body, "acr"),
                .audience = texts_in(*body, "aud"),
                .amr = texts_in(*body, "amr"),
                .expires = time_in(*body, "exp"),
                .issued = time_in(*body, "iat"),
                .not_before = time_in(*body, "nbf"),
                .authenticated = time_in(*body, "auth_time")};
  return Token{text_in(*header, "alg"), text_in(*header, "kid"),
               std::string(text.substr(0, second)), *std::move(signature), std::move(claims)};
}

}  // namespace regmark::people
