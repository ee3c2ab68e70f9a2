#include "oversight/internal/named_rows.h"

#include <algorithm>

namespace regmark::oversight::internal {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

}  // namespace

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

Result<NamedRows> NamedRows::open(std::string_view csv, std::span<const std::string_view> columns) {
  watchlist::CsvReader reader(csv);
  const auto first = reader.next();
  if (!first || !std::holds_alternative<watchlist::CsvRow>(*first)) {
    return fail(ErrorCode::invalid_input, "the first row must name the columns");
  }
  const auto& names = std::get<watchlist::CsvRow>(*first).fields;
  std::vector<std::optional<std::size_t>> places(columns.size());
  for (std::size_t at = 0; at < names.size(); ++at) {
    const auto known = std::ranges::find(columns, lower(trimmed(names[at])));
    if (known == columns.end()) continue;
    auto& place = places[static_cast<std::size_t>(known - columns.begin())];
    if (place)
      return fail(ErrorCode::invalid_input, "a column stands twice: " + std::string(*known));
    place = at;
  }
  if (!places.front()) {
    return fail(ErrorCode::invalid_input,
                "the first row must name a column \"" + std::string(columns.front()) + "\"");
  }
  return NamedRows(reader, names.size(), std::move(places));
}

std::optional<std::variant<watchlist::CsvRow, watchlist::BadCsvRow>> NamedRows::next() {
  auto read = reader_.next();
  if (!read || std::holds_alternative<watchlist::BadCsvRow>(*read)) return read;
  const auto& row = std::get<watchlist::CsvRow>(*read);
  if (row.fields.size() != width_) {
    return watchlist::BadCsvRow{row.line, "it has not as many fields as the first row"};
  }
  watchlist::CsvRow named{row.line, {}};
  for (const auto& place : places_) {
    named.fields.push_back(place ? trimmed(row.fields[*place]) : std::string());
  }
  return named;
}

}  // namespace regmark::oversight::internal
