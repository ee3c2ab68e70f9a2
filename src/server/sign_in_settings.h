// The part of the configuration that says how people show who they are.
#pragma once

#include <filesystem>

#include "access/toml/table.h"
#include "server/settings.h"

namespace regmark::server {

// Reads [sign_in] (docs/formats/config.md); a path in it is meant from `folder` on. Fails with
//   invalid_input   an unknown key, a value out of range (line named); an address that browsers
//                   would not take a security key from; a provider over bare HTTP, unless it is on
//                   this machine
Result<SignInSettings> read_sign_in(const access::Table& table,
                                    const std::filesystem::path& folder);

// The parts of "https://anpr.example:8600/page".
struct WebAddress {
  std::string scheme, host, port, path;  // port: empty where none is said
  bool is_safe() const;                  // https, or http on this machine
};
// Fails with
//   invalid_input   no http or https address; one with a user, a query, a fragment or blanks
Result<WebAddress> parse_web_address(std::string_view text);

}  // namespace regmark::server
