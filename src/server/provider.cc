#include "server/provider.h"

#include "relay/curl/request.h"
#include "server/secret_file.h"

namespace regmark::server {
namespace {

// Somebody waits before a page; and a provider that hangs must not keep workers.
constexpr std::chrono::seconds answer_time_max{10};

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
