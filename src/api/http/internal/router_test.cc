#include "api/http/internal/router.h"

#include <gtest/gtest.h>

#include <string>

#include "api/http/internal/target.h"

namespace regmark::api::http {
namespace {

Router some_routes() {
  std::vector<Route> routes;
  for (const auto& [method, pattern] : std::vector<std::pair<std::string, std::string>>{
           {"GET", "/"},
           {"GET", "/v1/lists"},
           {"POST", "/v1/lists"},
           {"GET", "/v1/lists/new"},
           {"GET", "/v1/lists/{list}"},
           {"DELETE", "/v1/lists/{list}"},
           {"POST", "/v1/lists/{list}/entries/{entry}/withdraw"},
       }) {
    routes.push_back({.method = method, .pattern = pattern, .handler = {}});
  }
  return Router(std::move(routes));
}

std::string outcome(const Router& router, std::string_view method, std::string_view path) {
  const auto answer = router.find(method, parse_target(path)->segments);
  if (std::holds_alternative<Router::UnknownPath>(answer)) return "unknown";
  if (const auto* wrong = std::get_if<Router::WrongMethod>(&answer)) return "allow " + wrong->allow;
  const auto& found = std::get<Router::Found>(answer);
  std::string line = found.route->method + " " + found.route->pattern;
  for (const auto& [name, value] : found.variables) line.append(" ").append(name + "=" + value);
  return line;
}

TEST(Router, FindsTheRouteOfAPath) {
  struct Case {
    std::string_view method, path, want;
  };
  constexpr Case cases[] = {
      {"GET", "/", "GET /"},
      {"HEAD", "/", "GET /"},
      {"GET", "/v1/lists", "GET /v1/lists"},
      {"POST", "/v1/lists", "POST /v1/lists"},
      {"PUT", "/v1/lists", "allow GET, HEAD, POST"},
      {"GET", "/v1/lists/new", "GET /v1/lists/new"},
      {"DELETE", "/v1/lists/new", "allow GET, HEAD"},
      {"GET", "/v1/lists/a%2Fb", "GET /v1/lists/{list} list=a/b"},
      {"GET", "/v1/lists/{list}", "GET /v1/lists/{list} list={list}"},
      {"POST", "/v1/lists/l/entries/e/withdraw",
       "POST /v1/lists/{list}/entries/{entry}/withdraw entry=e list=l"},
      {"GET", "/v1/lists/", "unknown"},  // a variable is never empty
      {"GET", "/v1//lists", "unknown"},
      {"GET", "/v1/lists/l/entries", "unknown"},
      {"GET", "/V1/lists", "unknown"},
      {"GET", "/v1/../v1/lists", "unknown"},
  };
  const auto router = some_routes();
  for (const auto& [method, path, want] : cases) {
    SCOPED_TRACE(path);
    EXPECT_EQ(outcome(router, method, path), want);
  }
}

TEST(RouterDeathTest, DoesNotTakeTwoRoutesForOnePath) {
  const auto twice = [] {
    return Router({{.method = "GET", .pattern = "/a/{b}", .handler = {}},
                   {.method = "GET", .pattern = "/a/{c}", .handler = {}}});
  };
  EXPECT_DEATH(twice(), "check failed");
}

}  // namespace
}  // namespace regmark::api::http
