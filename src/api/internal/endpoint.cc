#include "api/internal/endpoint.h"

#include <utility>

namespace regmark::api {

Endpoint reading(std::string subject, std::string pattern, std::string id, std::string summary,
                 Success success, Handle handle) {
  return {.method = "GET",
          .pattern = std::move(pattern),
          .id = std::move(id),
          .subject = std::move(subject),
          .summary = std::move(summary),
          .purpose = PurposeIn::headers,
          .success = std::move(success),
          .handle = handle};
}

Endpoint changing(std::string subject, std::string pattern, std::string id, std::string summary,
                  std::vector<Member> members, Success success, Handle handle) {
  members.push_back({"purpose", named("Purpose"), Need::optional});
  return {.method = "POST",
          .pattern = std::move(pattern),
          .id = std::move(id),
          .subject = std::move(subject),
          .summary = std::move(summary),
          .purpose = PurposeIn::body,
          .body = object(std::move(members)),
          .success = std::move(success),
          .handle = handle};
}

}  // namespace regmark::api
