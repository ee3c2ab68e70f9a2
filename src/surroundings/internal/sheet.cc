#include "surroundings/internal/sheet.h"

#include <algorithm>

namespace regmark::surroundings::internal {
namespace {

std::string list_of(std::span<const std::string_view> columns) {
  std::string list;
  for (const auto column : columns) list += (list.empty() ? "" : ", ") + std::string(column);
  return list;
}

}  // namespace

tl::expected<Sheet, Mistake> Sheet::open(std::string_view csv,
                                         std::span<const std::string_view> columns) {
  Sheet sheet(csv);
  const auto row = sheet.reader_.next();
  if (!row) return tl::unexpected<Mistake>(Mistake{0, "it is empty"});
  const auto* heading = std::get_if<watchlist::CsvRow>(&*row);
  if (!heading) {
    return tl::unexpected<Mistake>(Mistake{1, std::get<watchlist::BadCsvRow>(*row).reason});
  }
  if (heading->fields.size() != columns.size()) {
    return tl::unexpected<Mistake>(
        Mistake{heading->line, "these columns are wanted: " + list_of(columns)});
  }
  for (const auto column : columns) {
    const auto found = std::ranges::find(heading->fields, column);
    if (found == heading->fields.end()) {
      return tl::unexpected<Mistake>(
          Mistake{heading->line, "the column " + std::string(column) + " is missing"});
    }
    sheet.places_.push_back(static_cast<std::size_t>(found - heading->fields.begin()));
  }
  return sheet;
}

std::optional<std::variant<Sheet::Row, Mistake>> Sheet::next() {
  using Next = std::variant<Row, Mistake>;
  auto next = reader_.next();
  if (!next) return std::nullopt;
  if (auto* bad = std::get_if<watchlist::BadCsvRow>(&*next)) {
    return Next(Mistake{bad->line, std::move(bad->reason)});
  }
  auto& row = std::get<watchlist::CsvRow>(*next);
  if (row.fields.size() != places_.size()) {
    return Next(Mistake{row.line, "it has other columns than the heading"});
  }
  Fields fields;
  fields.reserve(places_.size());
  for (const auto place : places_) fields.push_back(std::move(row.fields[place]));
  return Next(Row{row.line, std::move(fields)});
}

}  // namespace regmark::surroundings::internal
