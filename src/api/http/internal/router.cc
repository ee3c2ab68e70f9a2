#include "api/http/internal/router.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/check.h"

namespace regmark::api::http {
namespace {

bool is_variable(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::vector<std::string> parted(std::string_view pattern) {
  REGMARK_CHECK(pattern.starts_with('/'));
  std::vector<std::string> segments;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const auto end = std::min(pattern.find('/'), pattern.size());
    segments.emplace_back(pattern.substr(0, end));
    pattern.remove_prefix(end);
  }
  return segments;
}

// What a pattern looks like to a path: names of variables do not count. Words sort before "{}".
std::string shape_of(const std::vector<std::string>& segments) {
  std::string shape;
  for (const auto& segment : segments) shape += '/' + (is_variable(segment) ? "\x7f" : segment);
  return shape;
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
  return std::ranges::equal(pattern, segments, [](const auto& want, const auto& have) {
    return is_variable(want) ? !have.empty() : want == have;
  });
}

}  // namespace

Router::Router(std::vector<Route> routes) {
  std::set<std::pair<std::string, std::string>> seen;
  for (auto& route : routes) {
    auto segments = parted(route.pattern);
    auto shape = shape_of(segments);
    REGMARK_CHECK(seen.emplace(route.method, shape).second);
    patterns_.push_back({std::move(route), std::move(segments), std::move(shape)});
  }
  std::ranges::stable_sort(patterns_, {}, &Pattern::shape);
}

Router::Answer Router::find(std::string_view method,
                            const std::vector<std::string>& segments) const {
  const Pattern* found = nullptr;
  std::set<std::string_view> allowed;
  std::string_view shape;  // of the first pattern that fits: only routes of that shape answer
  for (const auto& pattern : patterns_) {
    if (!fits(pattern.segments, segments)) continue;
    if (shape.empty()) shape = pattern.shape;
    if (pattern.shape != shape) break;
    const std::string_view has = pattern.route.method;
    allowed.insert(has);
    if (has == "GET") allowed.insert("HEAD");
    if (has == method || (has == "GET" && method == "HEAD" && found == nullptr)) found = &pattern;
  }
  if (found == nullptr && allowed.empty()) return UnknownPath{};
  if (found == nullptr) {
    WrongMethod wrong;
    for (const auto name : allowed) {
      if (!wrong.allow.empty()) wrong.allow += ", ";
      wrong.allow += name;
    }
    return wrong;
  }
  Found answer{&found->route, {}};
  for (std::size_t at = 0; at < segments.size(); ++at) {
    const std::string_view name = found->segments[at];
    if (is_variable(name)) answer.variables.emplace(name.substr(1, name.size() - 2), segments[at]);
  }
  return answer;
}

}  // namespace regmark::api::http
