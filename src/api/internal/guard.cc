#include "api/internal/guard.h"

#include <algorithm>
#include <charconv>

#include "api/http/problem.h"
#include "api/internal/show.h"
#include "api/internal/which_camera.h"
#include "base/check.h"

namespace regmark::api {
namespace {

// The answer that ends a request early, or what was being looked for.
template <typename T>
using Or = std::variant<http::Response, T>;

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lowered;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// A page of another site can make its name point to this machine; it cannot make the browser lie
// about that name.
bool host_is_ours(std::string_view header, const std::vector<std::string>& names) {
  std::string host = lower(trimmed(header));
  if (const auto colon = host.rfind(':');
      colon != std::string::npos && host.find(']', colon) == std::string::npos) {
    host.resize(colon);
  }
  return host == "localhost" || host == "[::1]" || host == "127.0.0.1" ||
         std::ranges::find(names, host) != names.end();
}

http::Response signed_out(std::string_view detail) {
  auto response = http::problem(401, "signed_out", detail);
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

bool reads_only(const http::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

struct Known {
  std::optional<people::Session> session;
  std::string token;
  std::optional<base::CameraId> camera;
};

Or<Known> who(const Endpoint& endpoint, const Rooms& rooms, const http::Request& request) {
  Known known;
  if (endpoint.caller == Caller::anybody) return known;
  const auto bearer = bearer_token(request);
  if (endpoint.caller == Caller::camera) {
    auto camera = which_camera(rooms, request, bearer);
    if (!camera) {
      if (camera.error().code != ErrorCode::not_found) return problem_of(camera.error());
      return signed_out(camera.error().message);
    }
    known.camera = *std::move(camera);
    return known;
  }
  known.token = bearer.empty() ? request.cookie(session_cookie(rooms.reach.transport)) : bearer;
  if (known.token.empty()) return signed_out("sign in first");
  auto session = rooms.desk.people.session(known.token);
  if (!session) {
    if (session.error().code != ErrorCode::not_found) return problem_of(session.error());
    return signed_out("the session is over: sign in again");
  }
  if (bearer.empty() && !reads_only(request) && request.header(own_page_header) != "1") {
    return http::problem(403, "cross_site", "a cookie alone changes nothing: send X-Regmark: 1");
  }
  if (session->lacks_second_factor && endpoint.shown == Shown::everything) {
    return http::problem(403, "second_factor_missing",
                         "your role needs a second factor: set one up first");
  }
  known.session = *std::move(session);
  return known;
}

// A query holds texts; a schema may want a number.
Result<void> check_query(const Endpoint& endpoint, const http::Request& request) {
  for (const auto& [name, value] : request.query) {
    const auto known = std::ranges::find(endpoint.query, name, &Parameter::name);
    if (known == endpoint.query.end()) {
      return fail(ErrorCode::invalid_input, "the address has a parameter that is not known here");
    }
    Json typed = value;
    if (known->schema.value("type", "") == "integer") {
      std::int64_t whole = 0;
      const auto* end = value.data() + value.size();
      const auto read = std::from_chars(value.data(), end, whole);
      if (read.ec == std::errc{} && read.ptr == end) typed = whole;
    }
    if (auto wrong = mismatch(typed, known->schema, named_schemas())) {
      return fail(ErrorCode::invalid_input, name + wrong->substr(wrong->find(':')));
    }
  }
  for (const auto& parameter : endpoint.query) {
    if (parameter.need == Need::required && !request.query.contains(parameter.name)) {
      return fail(ErrorCode::invalid_input, parameter.name + ": is missing");
    }
  }
  return {};
}

std::optional<http::Response> check_type(const Endpoint& endpoint, const http::Request& request) {
  if (!endpoint.body && endpoint.body_types.empty()) {
    if (request.body.empty()) return std::nullopt;
    return problem_of({ErrorCode::invalid_input, "this takes no body"});
  }
  // A form of another site sends its own three types, and none of them is one of ours.
  const auto header = request.header("Content-Type");
  const auto type = lower(trimmed(header.substr(0, header.find(';'))));
  if (endpoint.body) {
    if (request.body.empty() || type == "application/json") return std::nullopt;
    return http::problem(415, "invalid_input", "the body must be application/json");
  }
  if (std::ranges::find(endpoint.body_types, type, &BodyType::type) != endpoint.body_types.end()) {
    return std::nullopt;
  }
  std::string all;
  for (const auto& each : endpoint.body_types)
    all.append(all.empty() ? "" : ", ").append(each.type);
  return http::problem(415, "invalid_input", "the body must be one of: " + all);
}

Result<Json> read_body(const Endpoint& endpoint, const http::Request& request) {
  if (!endpoint.body) return Json(nullptr);
  Json body = Json::object();
  if (!request.body.empty()) {
    REGMARK_ASSIGN(body, parse_json(request.body));
  }
  if (auto wrong = mismatch(body, *endpoint.body, named_schemas())) {
    return fail(ErrorCode::invalid_input, *wrong);
  }
  return body;
}

Result<access::Purpose> purpose_of(const Endpoint& endpoint, const http::Request& request,
                                   const Json& body) {
  access::Purpose purpose;
  if (endpoint.purpose == PurposeIn::headers) {
    REGMARK_ASSIGN(purpose.category, percent_decoded(request.header("X-Purpose-Category")));
    REGMARK_ASSIGN(purpose.reason, percent_decoded(request.header("X-Purpose-Reason")));
    REGMARK_ASSIGN(purpose.reference, percent_decoded(request.header("X-Purpose-Reference")));
    REGMARK_ASSIGN(purpose.for_whom, percent_decoded(request.header("X-Purpose-For-Whom")));
  } else if (endpoint.purpose == PurposeIn::body && body.contains("purpose")) {
    const auto& given = body.at("purpose");
    purpose.category = given.value("category", "");
    purpose.reason = given.value("reason", "");
    purpose.reference = given.value("reference", "");
    purpose.for_whom = given.value("for_whom", "");
  }
  return purpose;
}

}  // namespace

std::string_view bearer_token(const http::Request& request) {
  const auto header = trimmed(request.header("Authorization"));
  constexpr std::string_view scheme = "bearer ";
  if (header.size() <= scheme.size() || lower(header.substr(0, scheme.size())) != scheme) return {};
  return trimmed(header.substr(scheme.size()));
}

std::string Call::parameter(const std::string& name) const {
  const auto found = request.query.find(name);
  return found == request.query.end() ? std::string() : found->second;
}

std::size_t Call::count_parameter(const std::string& name, std::size_t otherwise) const {
  const auto given = parameter(name);
  std::size_t value = otherwise;
  // The guard let only whole numbers through.
  if (!given.empty()) std::from_chars(given.data(), given.data() + given.size(), value);
  return value;
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return 400;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::limit_exceeded:
      return 413;
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::corrupt:
      return 500;
  }
  return 500;
}

http::Response problem_of(const Error& error) {
  return http::problem(status_of(error.code), name(error.code), error.message);
}

http::Response json_response(const Json& value, int status) {
  http::Response response;
  response.status = status;
  response.body = to_text(value);
  return response;
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  return response;
}

http::Response jpeg_response(const base::Bytes& jpeg) {
  http::Response response;
  response.content_type = "image/jpeg";
  response.body = std::string(base::as_text(jpeg));
  return response;
}

http::Response refusal_response(const desk::Refused& refused) {
  std::string detail;
  for (const auto& reason : refused.refusal.reasons) {
    detail.append(detail.empty() ? "" : "; ").append(reason);
  }
  Json shown{
      {"type", "about:blank"},     {"title", "Forbidden"}, {"status", 403},
      {"code", "refused"},         {"detail", detail},     {"reasons", refused.refusal.reasons},
      {"receipt", refused.receipt}};
  if (const auto& kind = refused.refusal.authority; !kind.empty()) shown["authority"] = kind;
  auto response = json_response(shown, 403);
  response.content_type = "application/problem+json";
  return response;
}

Result<std::string> percent_decoded(std::string_view text) {
  const auto bad = [] {
    return fail(ErrorCode::invalid_input, "a purpose header is no percent-encoded text");
  };
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      unsigned value = 0;
      const auto digits = text.substr(i + 1, 2);
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
      if (digits.size() < 2 || read.ptr != digits.data() + 2) return bad();
      c = static_cast<char>(value);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return bad();
    decoded += c;
  }
  return decoded;
}

http::Response answer(const Endpoint& endpoint, const Rooms& rooms, const http::Request& request) {
  if (!host_is_ours(request.header("Host"), rooms.reach.names)) {
    return http::problem(421, "invalid_input", "the office answers on its own names only");
  }
  auto known = who(endpoint, rooms, request);
  if (auto* early = std::get_if<http::Response>(&known)) return std::move(*early);
  if (auto early = check_type(endpoint, request)) return *std::move(early);
  if (const auto query = check_query(endpoint, request); !query) return problem_of(query.error());
  auto body = read_body(endpoint, request);
  if (!body) return problem_of(body.error());
  auto purpose = purpose_of(endpoint, request, *body);
  if (!purpose) return problem_of(purpose.error());
  auto& caller = std::get<Known>(known);
  auto response = endpoint.handle(Call{request, rooms, *std::move(body), std::move(caller.session),
                                       std::move(caller.token), std::move(caller.camera),
                                       *std::move(purpose), endpoint.id});
  if (!response) return problem_of(response.error());
  return *std::move(response);
}

}  // namespace regmark::api
