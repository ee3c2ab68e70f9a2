#include "server/settings.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "access/toml/table.h"
#include "base/encoding.h"
#include "base/files.h"
#include "server/sign_in_settings.h"

namespace regmark::server {
namespace {

using access::Table;

constexpr std::size_t path_size_max = 4'096;
constexpr std::size_t listen_size_max = 64;
constexpr std::size_t url_size_max = 2'048;
constexpr std::size_t word_size_max = 64;

Result<void> read_tolerances(const Table& table, intake::Tolerances& tolerances) {
  REGMARK_TRY(table.check_keys({"skew_seconds", "live_minutes", "ahead_hours"}));
  REGMARK_ASSIGN(const auto skew, table.number("skew_seconds", 0, 24 * 3'600));
  REGMARK_ASSIGN(const auto live, table.number("live_minutes", 1, 24 * 60));
  REGMARK_ASSIGN(const auto ahead, table.number("ahead_hours", 0, 48));
  if (skew) tolerances.skew_max = std::chrono::seconds(*skew);
  if (live) tolerances.live_max = std::chrono::minutes(*live);
  if (ahead) tolerances.ahead_max = std::chrono::hours(*ahead);
  return {};
}

Result<void> read_limits(const Table& table, intake::Pace& pace) {
  REGMARK_TRY(table.check_keys({"camera_reads_per_second", "camera_reads_at_once"}));
  REGMARK_ASSIGN(const auto steadily, table.number("camera_reads_per_second", 1, 100'000));
  REGMARK_ASSIGN(const auto at_once,
                 table.number("camera_reads_at_once", intake::batch_reads_max, 100'000'000));
  if (steadily) pace.reads_per_second = static_cast<double>(*steadily);
  if (at_once) pace.reads_at_once = *at_once;
  return {};
}

Result<WitnessSettings::Witness> read_witness(const Table& table) {
  REGMARK_TRY(table.check_keys({"url", "key"}));
  WitnessSettings::Witness witness;
  REGMARK_ASSIGN(witness.url, table.needed_text("url", url_size_max));
  if (!witness.url.starts_with("http://") && !witness.url.starts_with("https://")) {
    return access::fail_at(table.where("url"),
                           "a witness's address begins with http:// or https://");
  }
  while (witness.url.ends_with('/')) witness.url.pop_back();
  REGMARK_ASSIGN(const auto text, table.needed_text("key", audit::verifier_key_size_max));
  auto key = audit::parse_verifier_key(text);
  if (!key) return access::fail_at(table.where("key"), key.error().message);
  if (key->kind != audit::KeyKind::witness) {
    return access::fail_at(table.where("key"), "this is a log's key, not a witness's");
  }
  witness.key = *std::move(key);
  return witness;
}

Result<void> read_witnesses(const Table& table, WitnessSettings& settings) {
  REGMARK_TRY(table.check_keys({"every_seconds", "witness"}));
  REGMARK_ASSIGN(const auto every, table.number("every_seconds", 1, 24 * 3'600));
  if (every) settings.every = std::chrono::seconds(*every);
  REGMARK_ASSIGN(const auto witnesses, table.tables("witness", witnesses_max));
  for (const auto& one : witnesses) {
    REGMARK_ASSIGN(auto witness, read_witness(one));
    const auto is_it = [&](const auto& known) { return known.key.name == witness.key.name; };
    if (std::ranges::any_of(settings.witnesses, is_it)) {
      return access::fail_at(one.where("key"), "this witness stands here twice");
    }
    settings.witnesses.push_back(std::move(witness));
  }
  return {};
}

Result<TlsSettings> read_tls(const Table& table, const std::filesystem::path& folder) {
  REGMARK_TRY(table.check_keys({"certificate", "key", "names", "camera_certificates"}));
  TlsSettings settings;
  REGMARK_ASSIGN(const auto certificate, table.needed_text("certificate", path_size_max));
  settings.certificate = folder / certificate;
  REGMARK_ASSIGN(const auto key, table.needed_text("key", path_size_max));
  settings.key = folder / key;
  REGMARK_ASSIGN(const auto names, table.texts("names", names_max));
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-:[]";
  for (const auto& name : names.value_or(std::vector<std::string>{})) {
    if (name.empty() || name.find_first_not_of(letters) != std::string::npos) {
      return access::fail_at(table.where("names"),
                             "a name is a host's, in lower case and without a port");
    }
    settings.names.push_back(name);
  }
  REGMARK_ASSIGN(const auto cameras, table.text("camera_certificates", listen_size_max));
  if (cameras && *cameras != "asked for" && *cameras != "ignored") {
    return access::fail_at(table.where("camera_certificates"), "say \"asked for\" or \"ignored\"");
  }
  if (cameras == "asked for") {
    settings.camera_certificates = api::http::ClientCertificates::asked_for;
  }
  return settings;
}

Result<void> read_oversight(const Table& table, oversight::Settings& settings) {
  REGMARK_TRY(
      table.check_keys({"review_percent", "review_days", "kept_days", "subject_requests_days",
                        "duty_days", "household_days", "case_register"}));
  REGMARK_ASSIGN(const auto percent, table.number("review_percent", 1, 100));
  REGMARK_ASSIGN(const auto within, table.number("review_days", 1, 366));
  const std::pair<const char*, std::chrono::days*> periods[] = {
      {"kept_days", &settings.kept},
      {"subject_requests_days", &settings.subject_requests_kept},
      {"duty_days", &settings.duty_kept},
      {"household_days", &settings.household_kept}};
  for (const auto& [key, period] : periods) {
    REGMARK_ASSIGN(const auto days, table.number(key, 31, 3'650));
    if (days) *period = std::chrono::days(*days);
  }
  REGMARK_ASSIGN(const auto rule, table.text("case_register", word_size_max));
  if (percent) settings.review_percent = static_cast<unsigned>(*percent);
  if (within) settings.review_within = std::chrono::days(*within);
  if (!rule) return {};
  if (*rule != "flag" && *rule != "refuse") {
    return access::fail_at(table.where("case_register"), "it is \"flag\" or \"refuse\"");
  }
  settings.case_rule = *rule == "refuse" ? oversight::CaseRule::refuse : oversight::CaseRule::flag;
  return {};
}

// Whether one folder is the other or lies in it.
bool lies_in(const std::filesystem::path& inner, const std::filesystem::path& outer) {
  const auto from_outer = inner.lexically_relative(outer);
  return !from_outer.empty() && *from_outer.begin() != "..";
}

Result<backup::Place> read_place(const Table& table, const std::filesystem::path& folder,
                                 const std::filesystem::path& data) {
  REGMARK_TRY(table.check_keys({"folder", "ring"}));
  REGMARK_ASSIGN(const auto to, table.needed_text("folder", path_size_max));
  REGMARK_ASSIGN(const auto ring, table.needed_text("ring", path_size_max));
  const auto whole = [&](const std::string& path) {
    auto named = std::filesystem::absolute(folder / path).lexically_normal();
    return named.has_filename() ? named : named.parent_path();
  };
  const backup::Place place{whole(to), whole(ring)};
  if (lies_in(place.ring, place.folder)) {
    return access::fail_at(table.where("ring"),
                           "the key ring may not lie in the backup: whoever copies the one would "
                           "keep the other");
  }
  if (!data.empty()) {
    const auto own = whole(std::filesystem::absolute(data).string());
    if (lies_in(place.folder, own) || lies_in(place.ring, own) || lies_in(own, place.folder)) {
      return access::fail_at(table.where("folder"), "a backup may not lie in the data folder");
    }
  }
  return place;
}

Result<void> read_backup(const Table& table, const std::filesystem::path& folder,
                         const std::filesystem::path& data, backup::Settings& settings) {
  REGMARK_TRY(table.check_keys({"key", "every_hours", "place"}));
  REGMARK_ASSIGN(const auto key, table.needed_text("key", 2 * sizeof(base::Key)));
  const auto bytes = base::from_hex(key);
  if (!bytes || bytes->size() != sizeof(base::Key)) {
    return access::fail_at(table.where("key"),
                           "the backup's public key is 64 hexadecimal digits: regmark backup-key "
                           "makes one");
  }
  std::ranges::copy(*bytes, settings.public_key.begin());
  REGMARK_ASSIGN(const auto every, table.number("every_hours", 0, 24 * 31));
  if (every) settings.every = std::chrono::hours(*every);
  REGMARK_ASSIGN(const auto places, table.tables("place", backup::places_max));
  for (const auto& one : places) {
    REGMARK_ASSIGN(auto place, read_place(one, folder, data));
    const auto is_it = [&](const backup::Place& known) {
      return known.folder == place.folder || known.ring == place.ring;
    };
    if (std::ranges::any_of(settings.places, is_it)) {
      return access::fail_at(one.where(), "this place stands here twice");
    }
    settings.places.push_back(std::move(place));
  }
  return {};
}

}  // namespace

bool is_loopback(const Listen& listen) {
  return listen.address.starts_with("127.") || listen.address == "::1";
}

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
  auto host = text.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  const bool six = host.starts_with('[') && host.ends_with(']');
  const std::string address(six ? host.substr(1, host.size() - 2) : host);
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(six ? AF_INET6 : AF_INET, address.c_str(), bytes.data()) != 1) {
    return fail(ErrorCode::invalid_input,
                "the address must be in figures, such as 127.0.0.1 or [::1]");
  }
  return Listen{address, port};
}

std::vector<access::Role> needs_second_factor(const Settings& settings) {
  if (settings.sign_in.second_factor) return *settings.sign_in.second_factor;
  if (is_loopback(settings.listen)) return {};
  return {std::begin(access::all_roles), std::end(access::all_roles)};
}

Result<void> check_reach(const Settings& settings) {
  if (is_loopback(settings.listen)) return {};
  if (!settings.tls) {
    return fail(ErrorCode::invalid_input,
                "without a certificate the office listens on this machine only, on 127.0.0.1 or "
                "[::1]: give it one under [tls]");
  }
  if (settings.tls->names.empty()) {
    return fail(ErrorCode::invalid_input,
                "say under [tls] by which names the office is reached: it answers to no others");
  }
  return {};
}

Result<Settings> read_config(std::string_view toml, const std::filesystem::path& folder,
                             Settings settings) {
  if (toml.size() > config_size_max) {
    return fail(ErrorCode::limit_exceeded, "the configuration is larger than 64 KiB");
  }
  REGMARK_ASSIGN(const auto outermost, access::read_toml(toml));
  const Table file(outermost);
  REGMARK_TRY(file.check_keys({"listen", "policy", "tls", "sign_in", "tolerances", "limits",
                               "witnesses", "oversight", "backup", "metrics"}));
  REGMARK_ASSIGN(const auto listen, file.text("listen", listen_size_max));
  if (listen) {
    auto read = parse_listen(*listen);
    if (!read) return access::fail_at(file.where("listen"), read.error().message);
    settings.listen = *std::move(read);
  }
  REGMARK_ASSIGN(const auto tls, file.table("tls"));
  if (tls) {
    REGMARK_ASSIGN(settings.tls, read_tls(*tls, folder));
  }
  REGMARK_ASSIGN(const auto sign_in, file.table("sign_in"));
  if (sign_in) {
    REGMARK_ASSIGN(settings.sign_in, read_sign_in(*sign_in, folder));
  }
  REGMARK_ASSIGN(const auto policy, file.text("policy", path_size_max));
  if (policy) settings.policy = folder / *policy;
  REGMARK_ASSIGN(const auto tolerances, file.table("tolerances"));
  if (tolerances) REGMARK_TRY(read_tolerances(*tolerances, settings.tolerances));
  REGMARK_ASSIGN(const auto limits, file.table("limits"));
  if (limits) REGMARK_TRY(read_limits(*limits, settings.pace));
  REGMARK_ASSIGN(const auto witnesses, file.table("witnesses"));
  if (witnesses) REGMARK_TRY(read_witnesses(*witnesses, settings.witnesses));
  REGMARK_ASSIGN(const auto oversight, file.table("oversight"));
  if (oversight) REGMARK_TRY(read_oversight(*oversight, settings.oversight));
  REGMARK_ASSIGN(const auto backup, file.table("backup"));
  if (backup) REGMARK_TRY(read_backup(*backup, folder, settings.data, settings.backup));
  REGMARK_ASSIGN(const auto metrics, file.table("metrics"));
  if (metrics) {
    REGMARK_TRY(metrics->check_keys({"token_file"}));
    REGMARK_ASSIGN(const auto token, metrics->needed_text("token_file", path_size_max));
    settings.metrics_token_file = folder / token;
  }
  if (const auto reach = check_reach(settings); listen && !reach) {
    return access::fail_at(file.where("listen"), reach.error().message);
  }
  return settings;
}

Result<Settings> read_config_file(const std::filesystem::path& file, Settings settings) {
  const auto text = base::read_file(file, config_size_max);
  if (!text) return fail(ErrorCode::invalid_input, file.string() + ": " + text.error().message);
  auto read = read_config(base::as_text(*text), file.parent_path(), std::move(settings));
  if (!read) return fail(ErrorCode::invalid_input, file.string() + ": " + read.error().message);
  return read;
}

}  // namespace regmark::server
