#include "cli/read_sandbox.h"

#include <charconv>
#include <iostream>

namespace regmark::cli {
namespace {

struct Scheme {
  std::string_view name;
  std::uint16_t port;
};
constexpr Scheme schemes[] = {{"http", 80},   {"https", 443}, {"rtsp", 554},
                              {"rtsps", 322}, {"rtmp", 1935}, {"srt", 0}};

bool is_address(const std::string& source) {
  return source.find("://") != std::string::npos;
}

// Whether somebody must be asked for its number.
bool is_looked_up(const std::string& host) {
  return host != "localhost" && !host.starts_with('[') &&
         host.find_first_not_of("0123456789.") != std::string::npos;
}

}  // namespace

Result<Endpoint> endpoint_of(std::string_view address) {
  const auto wrong = [] {
    return fail(ErrorCode::invalid_input, "an address has a scheme, a host, and perhaps a port");
  };
  const auto end = address.find("://");
  if (end == std::string_view::npos) return wrong();
  Endpoint endpoint;
  bool known = false;
  for (const auto& scheme : schemes) {
    if (scheme.name != address.substr(0, end)) continue;
    known = true;
    endpoint.port = scheme.port;
  }
  auto authority = address.substr(end + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);  // a name and a password
  }
  const auto colon = authority.rfind(':');
  if (colon != std::string_view::npos && !authority.ends_with(']')) {
    const auto digits = authority.substr(colon + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return wrong();
    authority = authority.substr(0, colon);
  }
  endpoint.host = authority;
  if (!known || endpoint.host.empty()) return wrong();
  return endpoint;
}

std::filesystem::path spool_of(const ReadArguments& arguments) {
  return arguments.spool / arguments.camera;
}

Result<reading::SandboxRules> sandbox_rules(const ReadArguments& arguments) {
  reading::SandboxRules rules;
  const auto reach = [&](const std::string& address) -> Result<void> {
    REGMARK_ASSIGN(const auto endpoint, endpoint_of(address));
    rules.ports.push_back(endpoint.port);
    rules.datagrams = rules.datagrams || is_looked_up(endpoint.host);
    return {};
  };
  for (const auto& source : arguments.sources) {
    if (is_address(source)) {
      REGMARK_TRY(reach(source));
      rules.datagrams = true;  // a camera may send its stream as datagrams
    } else if (std::filesystem::exists(source)) {
      rules.reads.emplace_back(source);  // what is not there is said when it is read
    }
  }
  for (const auto& file : {arguments.token_file, arguments.key_file, arguments.certificate,
                           arguments.certificate_key, arguments.trust.authority}) {
    if (!file.empty()) rules.reads.push_back(file);
  }
  if (!arguments.annotate.empty()) rules.writes.push_back(arguments.annotate);
  if (arguments.office.empty()) return rules;
  REGMARK_TRY(reach(arguments.office));
  rules.writes.push_back(spool_of(arguments));
  return rules;
}

Result<void> enter_sandbox(const ReadArguments& arguments) {
  if (arguments.sandbox == "off") return {};
  if (arguments.sandbox == "needed" && reading::landlock_version() == 0) {
    return fail(ErrorCode::unavailable,
                "this kernel has no Landlock, so files of others would stay open to this process");
  }
  REGMARK_ASSIGN(const auto rules, sandbox_rules(arguments));
  for (const auto& folder : rules.writes) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail(ErrorCode::unavailable, folder.string() + ": " + error.message());
  }
  const auto hold = reading::enter_sandbox(rules);
  if (!hold) {
    return fail(hold.error().code,
                hold.error().message + " (--sandbox off reads without protection)");
  }
  if (hold->landlock == 0) {
    std::cerr << "regmark: this kernel has no Landlock: a fault in a decoder could reach files of "
                 "whoever runs this\n";
  } else if (!hold->holds_ports() && !rules.ports.empty()) {
    std::cerr << "regmark: this kernel's Landlock holds no ports: a fault in a decoder could reach "
                 "other machines\n";
  }
  return {};
}

}  // namespace regmark::cli
