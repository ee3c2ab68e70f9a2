#include "cli/client.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/answers.h"
#include "relay/curl/request.h"

namespace regmark::cli {
namespace {

using nlohmann::json;
namespace curl = relay::curl;

bool asks_for_second_factor(const curl::Reply& reply) {
  const auto problem = json::parse(reply.body, nullptr, /*allow_exceptions=*/false);
  return problem.is_object() && problem.value("code", std::string()) == "second_factor";
}

ErrorCode code_of(const curl::Reply& reply) {
  if (asks_for_second_factor(reply)) return ErrorCode::conflict;
  switch (reply.status) {
    case 400:
      return ErrorCode::invalid_input;
    case 401:
    case 404:
      return ErrorCode::not_found;
    case 403:
    case 409:
      return ErrorCode::conflict;
    case 413:
    case 429:
      return ErrorCode::limit_exceeded;
    default:
      return ErrorCode::unavailable;
  }
}

std::string text_of(const json& body) {
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

// What the office said, in its own words, with every reason of a refusal.
std::string words_of(const curl::Reply& reply) {
  const auto problem = json::parse(reply.body, nullptr, /*allow_exceptions=*/false);
  if (!problem.is_object()) return "the office answered " + std::to_string(reply.status);
  std::string words = problem.value("detail", problem.value("title", std::string()));
  for (const auto& reason : problem.value("reasons", json::array())) {
    // The detail may be made of them.
    if (!reason.is_string() || words.find(reason.get<std::string>()) != std::string::npos) continue;
    words += (words.empty() ? "" : "; ") + reason.get<std::string>();
  }
  return words;
}

}  // namespace

Client::Client(std::string office, std::string token, relay::curl::Trust trust)
    : office_(std::move(office)), token_(std::move(token)), trust_(std::move(trust)) {
  while (office_.ends_with('/')) office_.pop_back();
}

Result<std::string> Client::send(const std::string& method, const std::string& path,
                                 const std::string& content_type, std::string body) const {
  return send(
      {.method = method, .url = path, .content_type = content_type, .body = std::move(body)});
}

Result<std::string> Client::send(curl::Request request) const {
  request.url = office_ + request.url;
  request.token = token_;
  request.trust = trust_;
  auto reply = curl::send(request);
  if (!reply) {
    return fail(ErrorCode::unavailable,
                "no office answers at " + office_ + " (" + reply.error().message + ")");
  }
  if (reply->status >= 300) return fail(code_of(*reply), words_of(*reply));
  return std::move(reply->body);
}

Result<json> Client::ask(const std::string& method, const std::string& path,
                         const std::string& content_type, std::string body) const {
  return json_of(send(method, path, content_type, std::move(body)));
}

Result<json> Client::json_of(const Result<std::string>& reply) const {
  if (!reply) return tl::unexpected<Error>(reply.error());
  if (reply->empty()) return json::object();
  auto answer = json::parse(*reply, nullptr, /*allow_exceptions=*/false);
  if (answer.is_discarded()) {
    return fail(ErrorCode::unavailable, "what answers at " + office_ + " is no office");
  }
  return answer;
}

Result<json> Client::get(const std::string& path) const {
  return ask("GET", path, "", "");
}

Result<json> Client::get_because(const std::string& path, std::string_view reason) const {
  return json_of(send({.url = path, .headers = {{"X-Purpose-Reason", encoded(reason)}}}));
}

Result<json> Client::get_for(const std::string& path, const json& purpose) const {
  relay::curl::Request request{.url = path};
  for (const auto& [header, member] :
       {std::pair{"X-Purpose-Category", "category"}, std::pair{"X-Purpose-Reason", "reason"},
        std::pair{"X-Purpose-Reference", "reference"},
        std::pair{"X-Purpose-For-Whom", "for_whom"}}) {
    const auto text = purpose.value(member, std::string());
    if (!text.empty()) request.headers.emplace_back(header, encoded(text));
  }
  return json_of(send(std::move(request)));
}

Result<json> Client::post(const std::string& path, const json& body) const {
  if (body.is_null()) return ask("POST", path, "", "");
  return ask("POST", path, "application/json", text_of(body));
}

Result<json> Client::put(const std::string& path, const std::string& content_type,
                         std::string body) const {
  return ask("PUT", path, content_type, std::move(body));
}

Result<json> Client::post_file(const std::string& path, const std::string& content_type,
                               std::string body) const {
  return ask("POST", path, content_type, std::move(body));
}

Result<void> Client::remove(const std::string& path) const {
  REGMARK_TRY(ask("DELETE", path, "", ""));
  return {};
}

Result<std::string> Client::get_text(const std::string& path) const {
  return send("GET", path, "", "");
}

Result<void> Client::follow(const curl::Request& request, const Take& take,
                            const GoesOn& goes_on) const {
  EventReader events;
  Result<void> taken;
  bool is_left = false;
  const auto reply = curl::follow(request, [&](std::string_view bytes) {
    taken = events.take(bytes, take);
    is_left = !goes_on();
    return taken && !is_left;
  });
  REGMARK_TRY(taken);
  if (is_left) return {};
  if (!reply) {
    return fail(ErrorCode::unavailable,
                "no office answers at " + office_ + " (" + reply.error().message + ")");
  }
  if (reply->status != 200) return fail(code_of(*reply), words_of(*reply));
  return {};
}

Result<void> Client::get_events(const std::string& path, const Take& take,
                                const GoesOn& goes_on) const {
  return follow({.url = office_ + path, .token = token_, .trust = trust_}, take, goes_on);
}

Result<void> Client::post_for_events(const std::string& path, const json& body,
                                     const Take& take) const {
  return follow({.method = "POST",
                 .url = office_ + path,
                 .token = token_,
                 .content_type = "application/json",
                 .body = text_of(body),
                 .trust = trust_},
                take, [] { return true; });
}

Result<std::string> Client::post_for_file(const std::string& path, const json& body) const {
  return send("POST", path, "application/json", text_of(body));
}

bool Client::answers() const {
  const auto reply = curl::send({.url = office_ + "/healthz", .trust = trust_});
  return reply && reply->status == 200;
}

Result<Client> sign_in(const Client& nobody, const std::string& name, const std::string& password,
                       const std::string& second_factor) {
  json body{{"sign_in_name", name}, {"password", password}};
  if (!second_factor.empty()) body["code"] = second_factor;
  REGMARK_ASSIGN(const auto session, nobody.post("/v1/session", body));
  return Client(nobody.office(), session.value("token", std::string()), nobody.trust());
}

Result<void> choose_password(const Client& nobody, const std::string& name, const std::string& code,
                             const std::string& password) {
  REGMARK_TRY(nobody.post("/v1/password",
                          {{"sign_in_name", name}, {"code", code}, {"password", password}}));
  return {};
}

relay::curl::Trust trust_of(const TrustArguments& arguments) {
  const auto& file = arguments.authority;
  return {.authority = file.empty() ? file : std::filesystem::absolute(file), .pin = arguments.pin};
}

std::filesystem::path session_file() {
  // NOLINTBEGIN(concurrency-mt-unsafe): read before any thread is started
  if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder != nullptr && *folder != 0) {
    return std::filesystem::path(folder) / "regmark" / "session";
  }
  const char* home = std::getenv("HOME");
  // NOLINTEND(concurrency-mt-unsafe)
  return std::filesystem::path(home == nullptr ? "." : home) / ".config/regmark/session";
}

Result<void> save_session(const Client& client) {
  const auto file = session_file();
  REGMARK_TRY(base::make_private_folder(file.parent_path()));
  const std::string text = json({{"office", client.office()},
                                 {"token", client.token()},
                                 {"authority", client.trust().authority.string()},
                                 {"pin", client.trust().pin}})
                               .dump() +
                           "\n";
  return base::write_file(file, base::as_bytes(text));
}

Result<Client> load_session() {
  constexpr std::size_t size_max = 4096;
  const auto bytes = base::read_file(session_file(), size_max);
  if (!bytes) return fail(ErrorCode::not_found, "nobody is signed in: run `regmark sign-in NAME`");
  const auto saved = json::parse(base::as_text(*bytes), nullptr, /*allow_exceptions=*/false);
  if (!saved.is_object()) return fail(ErrorCode::corrupt, "the saved session cannot be read");
  return Client(saved.value("office", std::string()), saved.value("token", std::string()),
                {.authority = saved.value("authority", std::string()),
                 .pin = saved.value("pin", std::string())});
}

}  // namespace regmark::cli
