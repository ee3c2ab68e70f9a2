#include "access/internal/measures.h"

#include <algorithm>
#include <optional>

namespace regmark::access {
namespace {

std::string days_text(std::chrono::microseconds length) {
  const auto days = std::chrono::ceil<std::chrono::days>(length).count();
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

// One bound against one figure of the request. A figure that is not there cannot be compared.
template <typename Bound, typename Figure, typename Words>
void measure(const std::optional<Bound>& bound, const std::optional<Figure>& figure,
             const Words& words, std::vector<Measure>& measures) {
  if (!bound) return;
  if (!figure) {
    measures.push_back({Verdict::unevaluable, words()});
  } else if (*figure <= *bound) {
    measures.push_back({Verdict::yes, {}});
  } else {
    measures.push_back({Verdict::no, words()});
  }
}

std::uint64_t characters_in(std::string_view pattern) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      pattern, [](char c) { return c != '*' && c != '?' && c != ' ' && c != '-'; }));
}

std::string rows_text(std::size_t most, std::size_t given) {
  if (given == 0) return "say how many rows at most, up to " + std::to_string(most);
  if (given >= most) {
    return "all rows that one question may have were given: " + std::to_string(most);
  }
  return std::to_string(given) + " of " + std::to_string(most) + " rows were given: ask for " +
         std::to_string(most - given) + " at most";
}

}  // namespace

std::vector<Measure> measure(const Bounds& bounds, const Request& request) {
  using std::chrono::microseconds;
  const auto& scope = request.scope;
  std::optional<microseconds> age;
  std::optional<microseconds> length;
  if (scope.window) {
    age = request.now - scope.window->from;
    length = scope.window->until - scope.window->from;
  }
  std::optional<std::size_t> rows;
  if (scope.rows_max != 0) rows = scope.rows_max;
  // No camera named is every camera.
  const auto cameras = scope.cameras.empty() ? std::optional<std::size_t>(SIZE_MAX)
                                             : std::optional(scope.cameras.size());
  std::vector<Measure> measures;
  measure(
      bounds.age, age, [&] { return "it reaches back " + days_text(*bounds.age) + " at most"; },
      measures);
  measure(
      bounds.window, length,
      [&] { return "the window may be " + days_text(*bounds.window) + " long at most"; }, measures);
  measure(
      bounds.rows, rows, [&] { return rows_text(*bounds.rows, scope.rows_given); }, measures);
  measure(
      bounds.cameras, cameras,
      [&] { return "name the cameras, " + std::to_string(*bounds.cameras) + " at most"; },
      measures);
  if (bounds.plate_characters) {
    const auto least = *bounds.plate_characters;
    if (characters_in(scope.plate) >= least) {
      measures.push_back({Verdict::yes, {}});
    } else {
      measures.push_back({Verdict::no, "say at least " + std::to_string(least) +
                                           " letters and digits of the plate"});
    }
  }
  return measures;
}

}  // namespace regmark::access
