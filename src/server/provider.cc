#include "server/provider.h"

#include <sys/stat.h>

#include "base/files.h"
#include "relay/curl/request.h"

namespace regmark::server {
namespace {

// Somebody waits before a page; and a provider that hangs must not keep workers.
constexpr std::chrono::seconds answer_time_max{10};

Result<std::string> read_secret(const std::filesystem::path& file) {
  const auto wrong = [&](const std::string& why) {
    return fail(ErrorCode::invalid_input, file.string() + ": " + why);
  };
  constexpr std::size_t secret_size_max = 1'024;
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) return wrong("it is not there");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) return wrong("it is open to others");
  const auto bytes = base::read_file(file, secret_size_max);
  if (!bytes) return wrong(bytes.error().message);
  std::string secret(base::as_text(*bytes));
  while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
  if (secret.empty()) return wrong("no secret is in it");
  return secret;
}

}  // namespace

Result<std::unique_ptr<people::IdentityProvider>> open_identity_provider(
    const IdentityProviderSettings& settings, const base::Key& key, const base::Clock& clock) {
  auto rules = settings.rules;
  if (!settings.secret_file.empty()) {
    REGMARK_ASSIGN(rules.client_secret, read_secret(settings.secret_file));
  }
  const auto ask = [authority = settings.authority](
                       const people::ProviderRequest& request) -> Result<people::ProviderReply> {
    relay::curl::Request sent{.method = request.form.empty() ? "GET" : "POST",
                              .url = request.url,
                              .body = request.form,
                              .trust = {.authority = authority, .pin = {}},
                              .headers = {{"Accept", "application/json"}},
                              .time_max = answer_time_max};
    if (!request.form.empty()) sent.content_type = "application/x-www-form-urlencoded";
    if (!request.authorization.empty()) {
      sent.headers.emplace_back("Authorization", request.authorization);
    }
    REGMARK_ASSIGN(auto reply, relay::curl::send(sent));
    return people::ProviderReply{reply.status, std::move(reply.body)};
  };
  return people::IdentityProvider::create(std::move(rules), key, clock, ask);
}

}  // namespace regmark::server
