// How an office is to run: where its data lies, where it listens, by which policy.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"
#include "api/http/server.h"
#include "audit/verifier_key.h"
#include "backup/backups.h"
#include "base/result.h"
#include "intake/intake.h"
#include "oversight/settings.h"
#include "people/identity_provider.h"
#include "people/security_keys.h"

namespace regmark::server {

struct Listen {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8600;  // 0: any free one
  friend bool operator==(const Listen&, const Listen&) = default;
};

// Reads "127.0.0.1:8600", "localhost:8600", "[::1]:8600" and other addresses in figures. Fails with
//   invalid_input   any other text
Result<Listen> parse_listen(std::string_view text);

bool is_loopback(const Listen& listen);

// How the office shows who it is to those who are not on this machine.
struct TlsSettings {
  std::filesystem::path certificate, key;  // PEM
  // By which it is reached, in lower case, beside this machine's own; at most names_max.
  std::vector<std::string> names{};
  api::http::ClientCertificates camera_certificates = api::http::ClientCertificates::ignored;
};
inline constexpr std::size_t names_max = 32;

// Who signs what the audit log says.
struct WitnessSettings {
  struct Witness {
    std::string url;  // without a slash at its end
    audit::VerifierKey key;
  };
  std::vector<Witness> witnesses;  // at most witnesses_max, none twice
  std::chrono::seconds every{60};  // they are asked; and when the office closes
};
inline constexpr std::size_t witnesses_max = 16;

// Who else vouches for people (OpenID Connect).
struct IdentityProviderSettings {
  people::ProviderRules rules;          // without the secret
  std::filesystem::path secret_file{};  // or empty: the office is a client without one
  std::filesystem::path authority{};    // PEM: who signed its certificate; empty: the system's
};

// How people show who they are.
struct SignInSettings {
  // None said: everybody where the office listens beyond this machine, nobody where it does not.
  std::optional<std::vector<access::Role>> second_factor{};
  std::optional<people::SecurityKeyRules> security_keys{};  // none: no security keys
  // Whoever has one of these may sign in with a password. None said: everybody.
  std::optional<std::vector<access::Role>> passwords{};
  std::optional<IdentityProviderSettings> identity_provider{};  // none: passwords alone
};

struct Settings {
  std::filesystem::path data;
  Listen listen;
  std::optional<TlsSettings> tls;               // none: bare HTTP, on loopback
  std::optional<std::filesystem::path> policy;  // none: the one that the program carries
  intake::Tolerances tolerances;
  intake::Pace pace;
  WitnessSettings witnesses;
  oversight::Settings oversight;
  backup::Settings backup;
  SignInSettings sign_in;
  // Who may read /metrics: whoever has the token in this file; empty: whoever asks on this machine.
  std::filesystem::path metrics_token_file{};
};

inline constexpr std::size_t config_size_max = 64U << 10U;

// Reads a configuration file (docs/formats/config.md) over what `settings` say already; a path in
// it is meant from `folder` on. Fails with
//   invalid_input    not TOML, an unknown key, a value out of range (line named)
//   limit_exceeded   more than config_size_max bytes
Result<Settings> read_config(std::string_view toml, const std::filesystem::path& folder,
                             Settings settings);
// The same of a file, which the message names. Fails with
//   invalid_input    also when it cannot be read
Result<Settings> read_config_file(const std::filesystem::path& file, Settings settings);

// The roles that need a second factor.
std::vector<access::Role> needs_second_factor(const Settings& settings);

// Whether the office may listen where it is told to. Fails with
//   invalid_input   an address that is not loopback without TLS, or without a name for it
Result<void> check_reach(const Settings& settings);

}  // namespace regmark::server
