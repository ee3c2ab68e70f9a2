#include "server/sign_in_settings.h"

#include <algorithm>

namespace regmark::server {
namespace {

using access::Table;

constexpr std::size_t path_size_max = 4'096;
constexpr std::size_t address_size_max = 2'048;
constexpr std::size_t host_size_max = 253;
constexpr std::size_t word_size_max = 256;
constexpr std::size_t origins_max = 32;
constexpr std::size_t words_max = 32;

constexpr std::string_view host_letters = "abcdefghijklmnopqrstuvwxyz0123456789.-";

bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > host_size_max || host.front() == '.' || host.back() == '.' ||
      host.find_first_not_of(host_letters) != std::string_view::npos) {
    return false;
  }
  // Browsers make no keys for an address in figures.
  const auto last = host.substr(host.rfind('.') + 1);
  return last.find_first_not_of("0123456789") != std::string_view::npos;
}

Result<std::vector<access::Role>> read_roles(const Table& table, std::string_view key,
                                             const std::vector<std::string>& words) {
  std::vector<access::Role> roles;
  for (const auto& word : words) {
    const auto role = access::role_of(word);
    if (!role) return access::fail_at(table.where(key), "there is no such role");
    roles.push_back(*role);
  }
  return roles;
}

Result<void> check_origin(const Table& table, const std::string& rp_id, const std::string& text) {
  const auto origin = parse_web_address(text);
  if (!origin || !origin->path.empty()) {
    return access::fail_at(table.where("origins"),
                           "an origin is \"https://\", a host and perhaps a port, and no more");
  }
  const bool is_below = origin->host == rp_id || origin->host.ends_with("." + rp_id);
  if (!is_below) {
    return access::fail_at(table.where("origins"), "an origin's host is rp_id or ends with it");
  }
  if (origin->scheme != "https" && origin->host != "localhost") {
    return access::fail_at(table.where("origins"),
                           "browsers ask a key over https only, or on localhost");
  }
  return {};
}

Result<people::SecurityKeyRules> read_security_keys(const Table& table) {
  REGMARK_TRY(table.check_keys({"rp_id", "origins", "user_verification"}));
  people::SecurityKeyRules rules;
  REGMARK_ASSIGN(rules.rp_id, table.needed_text("rp_id", word_size_max));
  if (!is_host_name(rules.rp_id)) {
    return access::fail_at(table.where("rp_id"), "it is a host's name, in lower case");
  }
  REGMARK_ASSIGN(auto origins, table.texts("origins", origins_max));
  if (!origins || origins->empty()) {
    return access::fail_at(table.where("origins"),
                           "say from which addresses the office's pages come: they are never "
                           "guessed from a request");
  }
  for (const auto& origin : *origins) REGMARK_TRY(check_origin(table, rules.rp_id, origin));
  rules.origins = *std::move(origins);
  REGMARK_ASSIGN(const auto word, table.text("user_verification", word_size_max));
  if (!word) return rules;
  const auto verification = base::value_of(people::user_verification_words, *word);
  if (!verification) {
    return access::fail_at(table.where("user_verification"),
                           "it is \"required\", \"preferred\" or \"discouraged\"");
  }
  rules.user_verification = *verification;
  return rules;
}

Result<std::string> read_address(const Table& table, std::string_view key) {
  REGMARK_ASSIGN(auto text, table.needed_text(key, address_size_max));
  const auto address = parse_web_address(text);
  if (!address || !address->is_safe()) {
    return access::fail_at(table.where(key),
                           "it is an https:// address, or an http:// one of this machine");
  }
  return text;
}

Result<IdentityProviderSettings> read_identity_provider(const Table& table,
                                                        const std::filesystem::path& folder) {
  REGMARK_TRY(table.check_keys({"name", "issuer", "client_id", "client_secret_file", "redirect",
                                "claim", "second_factor_acr", "second_factor_amr", "authority"}));
  IdentityProviderSettings settings;
  auto& rules = settings.rules;
  REGMARK_ASSIGN(rules.name, table.needed_text("name", word_size_max));
  REGMARK_ASSIGN(rules.issuer, read_address(table, "issuer"));
  REGMARK_ASSIGN(rules.client_id, table.needed_text("client_id", word_size_max));
  REGMARK_ASSIGN(rules.redirect, read_address(table, "redirect"));
  REGMARK_ASSIGN(const auto claim, table.text("claim", word_size_max));
  if (claim) rules.claim = *claim;
  REGMARK_ASSIGN(auto acr, table.texts("second_factor_acr", words_max));
  REGMARK_ASSIGN(auto amr, table.texts("second_factor_amr", words_max));
  rules.acr = std::move(acr).value_or(std::vector<std::string>{});
  rules.amr = std::move(amr).value_or(std::vector<std::string>{});
  REGMARK_ASSIGN(const auto secret, table.text("client_secret_file", path_size_max));
  if (secret) settings.secret_file = folder / *secret;
  REGMARK_ASSIGN(const auto authority, table.text("authority", path_size_max));
  if (authority) settings.authority = folder / *authority;
  return settings;
}

}  // namespace

bool WebAddress::is_safe() const {
  return scheme == "https" || host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

Result<WebAddress> parse_web_address(std::string_view text) {
  const auto none = [] { return fail(ErrorCode::invalid_input, "this is no address of a page"); };
  WebAddress address;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return none();
  address.scheme = text.substr(0, colon);
  if (address.scheme != "https" && address.scheme != "http") return none();
  auto rest = text.substr(colon + 3);
  constexpr std::string_view path_letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  const auto slash = std::min(rest.find('/'), rest.size());
  address.path = rest.substr(slash);
  rest = rest.substr(0, slash);
  if (const auto at = rest.rfind(':');
      at != std::string_view::npos && rest.find(']', at) == std::string_view::npos) {
    address.port = rest.substr(at + 1);
    rest = rest.substr(0, at);
    constexpr std::size_t digits_max = 5;
    if (address.port.empty() || address.port.size() > digits_max ||
        address.port.find_first_not_of("0123456789") != std::string::npos) {
      return none();
    }
  }
  address.host = rest;
  const bool is_plain = !rest.empty() && rest.size() <= host_size_max &&
                        rest.find_first_not_of(host_letters) == std::string_view::npos;
  if (!is_plain && rest != "[::1]") return none();
  if (address.path.find_first_not_of(path_letters) != std::string::npos) return none();
  return address;
}

Result<SignInSettings> read_sign_in(const Table& table, const std::filesystem::path& folder) {
  REGMARK_TRY(
      table.check_keys({"second_factor", "passwords", "security_keys", "identity_provider"}));
  SignInSettings settings;
  constexpr auto roles_max = std::size(access::all_roles);
  REGMARK_ASSIGN(const auto second_factor, table.texts("second_factor", roles_max));
  if (second_factor) {
    REGMARK_ASSIGN(settings.second_factor, read_roles(table, "second_factor", *second_factor));
  }
  REGMARK_ASSIGN(const auto keys, table.table("security_keys"));
  if (keys) {
    REGMARK_ASSIGN(settings.security_keys, read_security_keys(*keys));
  }
  REGMARK_ASSIGN(const auto provider, table.table("identity_provider"));
  if (provider) {
    REGMARK_ASSIGN(settings.identity_provider, read_identity_provider(*provider, folder));
  }
  REGMARK_ASSIGN(const auto passwords, table.texts("passwords", roles_max));
  if (!passwords) return settings;
  if (!provider) {
    return access::fail_at(table.where("passwords"),
                           "without an identity provider nobody else could sign in at all");
  }
  REGMARK_ASSIGN(settings.passwords, read_roles(table, "passwords", *passwords));
  return settings;
}

}  // namespace regmark::server
