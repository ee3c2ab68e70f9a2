#include "assessment/matrix.h"

#include <algorithm>

#include "assessment/internal/built_in.h"
#include "base/check.h"

namespace regmark::assessment {
namespace {

constexpr std::string_view easiest_column = "national_security";
constexpr std::string_view hardest_column = "community_confidence";
constexpr std::string_view easy_roads[] = {"strategic_road", "major_road"};
constexpr std::string_view minor_road = "minor_road";
constexpr std::string_view hardest_place = "private_place";

}  // namespace

const Matrix& Matrix::example() {
  static const Matrix matrix = [] {
    auto parsed = parse(matrix_example_text(), Guidance::built_in());
    REGMARK_CHECK(parsed.has_value());
    return *std::move(parsed);
  }();
  return matrix;
}

std::string_view Matrix::example_text() {
  return matrix_example_text();
}

std::string Matrix::example_as_if_decided() {
  std::string text(matrix_example_text());
  const auto line = text.find("\nexample = ");
  REGMARK_CHECK(line != std::string::npos);
  return text.erase(line, text.find('\n', line + 1) - line);
}

std::size_t Matrix::code(std::string_view location_type, std::string_view column) const {
  const auto found = cells_.find({std::string(location_type), std::string(column)});
  REGMARK_CHECK(found != cells_.end());
  return found->second;
}

std::size_t Matrix::strongest(std::string_view location_type,
                              const std::vector<std::string>& columns) const {
  auto best = hardest_;
  for (const auto& column : columns) best = std::min(best, code(location_type, column));
  return best;
}

std::vector<std::string> Matrix::departures() const {
  std::vector<std::string> found;
  for (const auto& [cell, code_here] : cells_) {
    const auto& [place, column] = cell;
    if (code(place, easiest_column) > code_here) {
      found.push_back(place + ": national security is harder to justify than " + column);
    }
    if (code(place, hardest_column) < code_here) {
      found.push_back(place + ": community confidence is easier to justify than " + column);
    }
    for (const auto road : easy_roads) {
      if (place == minor_road && code(road, column) > code_here) {
        found.push_back(column + ": a minor road is easier to justify than a " + std::string(road));
      }
    }
    if (code(hardest_place, column) < code_here) {
      found.push_back(column + ": a private place is easier to justify than a " + place);
    }
  }
  return found;
}

}  // namespace regmark::assessment
