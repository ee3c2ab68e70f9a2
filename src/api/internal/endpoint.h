// One line of the route table: what may be asked, by whom, with what body, and what comes back.
// The routes that the server runs and openapi.json are both made from it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/http/server.h"
#include "api/internal/schema.h"
#include "api/routes.h"
#include "desk/desk.h"
#include "people/people.h"

namespace regmark::api {

// Who may call a route at all. What a person may do is for the policy, not for this table.
enum class Caller { anybody, camera, person };

// What a person must have shown: some roles need more than a password, and may do little before.
enum class Shown { everything, password };

// Why somebody asks travels in the body of what changes or searches, and in headers of a GET.
enum class PurposeIn { nowhere, body, headers };

// One request that passed the guard: the caller is known, the body fits its schema.
struct Call {
  const http::Request& request;
  const Rooms& rooms;
  const Json body;                               // null when the route takes none
  const std::optional<people::Session> session;  // of a person
  const std::string token;                       // of that session
  const std::optional<base::CameraId> camera;    // of a camera
  const access::Purpose purpose;
  const std::string& operation;  // the endpoint's id

  desk::Asker asker() const {
    return {session->person, purpose, session->until, std::nullopt, operation};
  }
  // A part of the path, such as {id}.
  const std::string& variable(const std::string& name) const { return request.variables.at(name); }
  // A parameter of the query, or empty.
  std::string parameter(const std::string& name) const;
  std::size_t count_parameter(const std::string& name, std::size_t otherwise) const;
};

struct Parameter {
  std::string name;
  Json schema;
  Need need = Need::optional;
};

struct BodyType {
  std::string type;  // "text/csv"
  Json schema;
};

struct Success {
  int status = 200;
  std::string what;
  std::optional<Json> schema;  // none: no body, or not JSON
  std::string content_type = "application/json";
};

struct Endpoint {
  std::string method;
  std::string pattern;
  std::string id;  // the operation's name in openapi.json
  std::string subject;
  std::string summary;
  Caller caller = Caller::person;
  Shown shown = Shown::everything;
  PurposeIn purpose = PurposeIn::nowhere;
  std::vector<Parameter> query{};
  std::optional<Json> body{};
  // What a body may be, when it is not JSON that the schema describes.
  std::vector<BodyType> body_types{};
  std::size_t body_size_max = std::size_t{64} << 10U;
  Success success{};
  std::function<Result<http::Response>(const Call&)> handle{};
};

using Handle = Result<http::Response> (*)(const Call&);

// A GET: why it is asked travels in its headers.
Endpoint reading(std::string subject, std::string pattern, std::string id, std::string summary,
                 Success success, Handle handle);
// A POST: why it is asked stands in its body, beside `members`.
Endpoint changing(std::string subject, std::string pattern, std::string id, std::string summary,
                  std::vector<Member> members, Success success, Handle handle);

http::Response json_response(const Json& value, int status = 200);
http::Response no_content();
http::Response jpeg_response(const base::Bytes& jpeg);
// 403 with the reasons, and the number of the refusal in the log.
http::Response refusal_response(const desk::Refused& refused);

// Shows what an act gave with `show` (const desk::Done<T>& -> a response, or a Result
// of one), or its refusal.
template <typename T, typename Show>
Result<http::Response> shown(Result<desk::Answer<T>> answer, Show&& show) {
  if (!answer) return tl::unexpected<Error>(std::move(answer).error());
  if (const auto* refused = std::get_if<desk::Refused>(&*answer)) {
    return refusal_response(*refused);
  }
  return show(std::get<desk::Done<T>>(*answer));
}

// For acts that give nothing: 204.
inline Result<http::Response> done(Result<desk::Answer<desk::Nothing>> answer) {
  return shown(std::move(answer), [](const auto&) { return no_content(); });
}

}  // namespace regmark::api
