// Which route answers a method and a path.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/http/server.h"

namespace regmark::api::http {

// Immutable after it is made; safe to share among threads.
class Router {
 public:
  struct Found {
    const Route* route;
    std::map<std::string, std::string> variables;
  };
  struct UnknownPath {};
  struct WrongMethod {
    std::string allow;  // "GET, HEAD, POST"
  };
  using Answer = std::variant<Found, UnknownPath, WrongMethod>;

  // Two routes for one method and path, or a pattern without a leading slash, are our mistake.
  explicit Router(std::vector<Route> routes);

  // Words in a pattern go before variables, from the left: "/lists/new" before "/lists/{id}".
  // A variable is never empty.
  Answer find(std::string_view method, const std::vector<std::string>& segments) const;

 private:
  struct Pattern {
    Route route;
    std::vector<std::string> segments;  // a variable keeps its braces
    std::string shape;                  // the same for all patterns that the same paths fit
  };
  std::vector<Pattern> patterns_;  // those with words further left go first
};

}  // namespace regmark::api::http
