#include "server/settings.h"

#include <charconv>

#include "access/toml/table.h"

namespace regmark::server {
namespace {

using access::Table;

constexpr std::size_t path_size_max = 4'096;
constexpr std::size_t listen_size_max = 64;

Result<void> read_tolerances(const Table& table, intake::Tolerances& tolerances) {
  REGMARK_TRY(table.only({"skew_seconds", "live_minutes", "ahead_hours"}));
  REGMARK_ASSIGN(const auto skew, table.number("skew_seconds", 0, 24 * 3'600));
  REGMARK_ASSIGN(const auto live, table.number("live_minutes", 1, 24 * 60));
  REGMARK_ASSIGN(const auto ahead, table.number("ahead_hours", 0, 48));
  if (skew) tolerances.skew_max = std::chrono::seconds(*skew);
  if (live) tolerances.live_max = std::chrono::minutes(*live);
  if (ahead) tolerances.ahead_max = std::chrono::hours(*ahead);
  return {};
}

}  // namespace

Result<Listen> parse_listen(std::string_view text) {
  const auto colon = text.rfind(':');
  std::uint16_t port = 0;
  if (colon == std::string_view::npos) {
    return fail(ErrorCode::invalid_input, "say an address and a port, such as 127.0.0.1:8600");
  }
  const auto digits = text.substr(colon + 1);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) {
    return fail(ErrorCode::invalid_input, "the port must be a number from 0 to 65535");
  }
  const auto host = text.substr(0, colon);
  if (host == "127.0.0.1" || host == "localhost") return Listen{"127.0.0.1", port};
  if (host == "[::1]") return Listen{"::1", port};
  return fail(ErrorCode::invalid_input,
              "the office listens on this machine only, on 127.0.0.1 or [::1]: listening wider "
              "needs TLS and camera keys, which this version does not have");
}

Result<Settings> read_config(std::string_view toml, const std::filesystem::path& folder,
                             Settings settings) {
  if (toml.size() > config_size_max) {
    return fail(ErrorCode::limit_exceeded, "the configuration is larger than 64 KiB");
  }
  REGMARK_ASSIGN(const auto outermost, access::read_toml(toml));
  const Table file(outermost);
  REGMARK_TRY(file.only({"listen", "policy", "tolerances"}));
  REGMARK_ASSIGN(const auto listen, file.text("listen", listen_size_max));
  if (listen) {
    auto read = parse_listen(*listen);
    if (!read) return access::fail_at(file.where("listen"), read.error().message);
    settings.listen = *std::move(read);
  }
  REGMARK_ASSIGN(const auto policy, file.text("policy", path_size_max));
  if (policy) settings.policy = folder / *policy;
  REGMARK_ASSIGN(const auto tolerances, file.table("tolerances"));
  if (tolerances) REGMARK_TRY(read_tolerances(*tolerances, settings.tolerances));
  return settings;
}

}  // namespace regmark::server
