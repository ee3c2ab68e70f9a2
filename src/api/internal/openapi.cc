#include "api/internal/openapi.h"

#include <algorithm>
#include <cctype>

#include "api/internal/show.h"
#include "api/internal/words.h"

namespace regmark::api {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Json path_parameters(const std::string& pattern) {
  Json parameters = Json::array();
  for (std::size_t at = pattern.find('{'); at != std::string::npos;
       at = pattern.find('{', at + 1)) {
    const auto name = pattern.substr(at + 1, pattern.find('}', at) - at - 1);
    parameters.push_back({{"name", name},
                          {"in", "path"},
                          {"required", true},
                          {"schema", name == "kind" ? one_of(picture_kind_words) : id_text()}});
  }
  return parameters;
}

Json parameters_of(const Endpoint& endpoint) {
  auto parameters = path_parameters(endpoint.pattern);
  for (const auto& parameter : endpoint.query) {
    parameters.push_back({{"name", parameter.name},
                          {"in", "query"},
                          {"required", parameter.need == Need::required},
                          {"schema", parameter.schema}});
  }
  if (endpoint.purpose != PurposeIn::headers) return parameters;
  for (const auto* name :
       {"X-Purpose-Category", "X-Purpose-Reason", "X-Purpose-Reference", "X-Purpose-For-Whom"}) {
    parameters.push_back({{"name", name},
                          {"in", "header"},
                          {"required", false},
                          {"description", "Why; percent-encoded UTF-8."},
                          {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

Json request_body(const Endpoint& endpoint) {
  Json content = Json::object();
  if (endpoint.body) content["application/json"] = {{"schema", *endpoint.body}};
  for (const auto& type : endpoint.body_types) content[type.type] = {{"schema", type.schema}};
  const bool needed = !endpoint.body || !endpoint.body->at("required").empty();
  return {{"required", needed}, {"content", std::move(content)}};
}

Json responses_of(const Endpoint& endpoint) {
  const auto& success = endpoint.success;
  Json given{{"description", success.what}};
  if (success.schema) {
    given["content"][success.content_type]["schema"] = *success.schema;
  } else if (success.status != 204) {
    given["content"][success.content_type]["schema"] = Json{{"type", "string"}};
  }
  return {{std::to_string(success.status), std::move(given)},
          {"default",
           {{"description", "What went wrong"},
            {"content", {{"application/problem+json", {{"schema", named("Problem")}}}}}}}};
}

Json security_of(Caller caller) {
  const Json none = Json::array();
  switch (caller) {
    case Caller::anybody:
      return none;
    case Caller::camera:
      return Json::array({Json{{"camera_token", none}}, Json{{"camera_signature", none}},
                          Json{{"camera_certificate", none}}});
    case Caller::person:
      return Json::array({Json{{"session_token", none}}, Json{{"session_cookie", none}}});
  }
  return none;
}

Json operation_of(const Endpoint& endpoint) {
  Json operation{{"operationId", endpoint.id},
                 {"tags", Json::array({endpoint.subject})},
                 {"summary", endpoint.summary},
                 {"security", security_of(endpoint.caller)},
                 {"responses", responses_of(endpoint)}};
  if (auto parameters = parameters_of(endpoint); !parameters.empty()) {
    operation["parameters"] = std::move(parameters);
  }
  if (endpoint.body || !endpoint.body_types.empty()) {
    operation["requestBody"] = request_body(endpoint);
  }
  return operation;
}

}  // namespace

Json openapi_document(const Table& table) {
  Json paths = Json::object();
  for (const auto& endpoint : table) {
    paths[endpoint.pattern][lower(endpoint.method)] = operation_of(endpoint);
  }
  const Json cookie{
      {"type", "apiKey"},
      {"in", "cookie"},
      {"name", "regmark_session"},
      {"description",
       "For pages; under TLS its name begins with __Host-. Whatever is no GET needs the header "
       "X-Regmark: 1 besides."}};
  const Json signature{
      {"type", "apiKey"},
      {"in", "header"},
      {"name", "Signature-Input"},
      {"description",
       "With Signature and Content-Digest: RFC 9421 with the camera's Ed25519 key, in the form of "
       "docs/formats/camera_keys.md."}};
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Regmark"},
            {"version", "0.1.0"},
            {"description",
             "The office: reads come in from cameras, alerts go out to people, and whoever asks "
             "for what is kept says why. Everything asked is on record, and so is every refusal."},
            {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
          {"paths", std::move(paths)},
          {"components",
           {{"schemas", named_schemas()},
            {"securitySchemes",
             {{"session_token", {{"type", "http"}, {"scheme", "bearer"}}},
              {"session_cookie", cookie},
              {"camera_token", {{"type", "http"}, {"scheme", "bearer"}}},
              {"camera_signature", signature},
              {"camera_certificate", {{"type", "mutualTLS"}}}}}}}};
}

}  // namespace regmark::api
