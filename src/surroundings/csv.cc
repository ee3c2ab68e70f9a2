#include "surroundings/csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <span>

#include "base/words.h"
#include "watchlist/csv.h"

namespace regmark::surroundings {
namespace {

tl::unexpected<Error> wrong(std::string what) {
  return fail(ErrorCode::invalid_input, std::move(what));
}

template <typename Number>
Result<Number> number_in(const std::string& text, std::string_view what, Number least,
                         Number most) {
  Number value{};
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  const bool is_one = error == std::errc() && stopped == end && value >= least && value <= most;
  if (!is_one) return wrong("the " + std::string(what) + " is no number, or out of range");
  return value;
}

// One row, by the columns in the order in which they were asked for.
using Fields = std::vector<std::string>;

// The columns stand in any order, all of them, and no other.
class Sheet {
 public:
  static Result<Sheet> open(std::string_view csv, std::span<const std::string_view> columns) {
    Sheet sheet(csv);
    const auto row = sheet.reader_.next();
    if (!row) return wrong("it is empty");
    const auto* heading = std::get_if<watchlist::CsvRow>(&*row);
    if (!heading) return wrong("line 1: " + std::get<watchlist::BadCsvRow>(*row).reason);
    if (heading->fields.size() != columns.size()) {
      return wrong("line " + std::to_string(heading->line) +
                   ": these columns are wanted: " + list_of(columns));
    }
    for (const auto column : columns) {
      const auto found = std::ranges::find(heading->fields, column);
      if (found == heading->fields.end()) {
        return wrong("line " + std::to_string(heading->line) + ": the column " +
                     std::string(column) + " is missing");
      }
      sheet.places_.push_back(static_cast<std::size_t>(found - heading->fields.begin()));
    }
    return sheet;
  }

  // `read` (const Fields& -> Result<void>) takes each row.
  template <typename Read>
  Result<void> each(std::size_t count_max, const Read& read) {
    std::size_t count = 0;
    while (const auto next = reader_.next()) {
      if (const auto* bad = std::get_if<watchlist::BadCsvRow>(&*next)) {
        return wrong("line " + std::to_string(bad->line) + ": " + bad->reason);
      }
      const auto& row = std::get<watchlist::CsvRow>(*next);
      if (++count > count_max) return fail(ErrorCode::limit_exceeded, "it has too many rows");
      const auto line = "line " + std::to_string(row.line) + ": ";
      if (row.fields.size() != places_.size()) {
        return wrong(line + "it has other columns than the heading");
      }
      Fields fields;
      for (const auto place : places_) fields.push_back(row.fields[place]);
      if (const auto taken = read(fields); !taken) {
        return fail(taken.error().code, line + taken.error().message);
      }
    }
    if (count == 0) return wrong("it has no rows");
    return {};
  }

 private:
  explicit Sheet(std::string_view csv) : reader_(csv) {}
  static std::string list_of(std::span<const std::string_view> columns) {
    std::string list;
    for (const auto column : columns) list += (list.empty() ? "" : ", ") + std::string(column);
    return list;
  }
  watchlist::CsvReader reader_;
  std::vector<std::size_t> places_;
};

Result<base::Position> position_in(const std::string& latitude, const std::string& longitude) {
  REGMARK_ASSIGN(const auto north, number_in<double>(latitude, "latitude", -90, 90));
  REGMARK_ASSIGN(const auto east, number_in<double>(longitude, "longitude", -180, 180));
  return base::make_position(north, east);
}

}  // namespace

Result<std::vector<planning::Cell>> read_population(std::string_view csv) {
  constexpr std::string_view columns[] = {"latitude", "longitude", "residents"};
  REGMARK_ASSIGN(auto sheet, Sheet::open(csv, columns));
  std::vector<planning::Cell> cells;
  REGMARK_TRY(sheet.each(planning::cells_max, [&](const Fields& fields) -> Result<void> {
    REGMARK_ASSIGN(const auto position, position_in(fields[0], fields[1]));
    REGMARK_ASSIGN(const auto residents, number_in<std::int64_t>(fields[2], "number of residents",
                                                                 0, planning::residents_max));
    cells.push_back({position, residents});
    return {};
  }));
  return cells;
}

Result<std::vector<Traffic>> read_traffic(std::string_view csv) {
  constexpr std::string_view columns[] = {"latitude", "longitude", "vehicles_a_day"};
  REGMARK_ASSIGN(auto sheet, Sheet::open(csv, columns));
  std::vector<Traffic> counts;
  REGMARK_TRY(sheet.each(rows_max, [&](const Fields& fields) -> Result<void> {
    REGMARK_ASSIGN(const auto position, position_in(fields[0], fields[1]));
    REGMARK_ASSIGN(const auto vehicles, number_in<std::int64_t>(fields[2], "number of vehicles", 0,
                                                                planning::vehicles_max));
    counts.push_back({position, vehicles});
    return {};
  }));
  return counts;
}

Result<std::vector<planning::PlaceInput>> read_settlements(std::string_view csv) {
  constexpr std::string_view columns[] = {"name", "latitude", "longitude", "radius_m"};
  constexpr double radius_least_m = 10, radius_most_m = 50'000;
  REGMARK_ASSIGN(auto sheet, Sheet::open(csv, columns));
  std::vector<planning::PlaceInput> places;
  std::set<std::string> names;
  REGMARK_TRY(sheet.each(planning::places_max, [&](const Fields& fields) -> Result<void> {
    REGMARK_TRY(base::check_words("the name", fields[0], name_size_max));
    if (!names.insert(fields[0]).second) return wrong("the name stands there twice");
    REGMARK_ASSIGN(const auto position, position_in(fields[1], fields[2]));
    REGMARK_ASSIGN(const auto radius,
                   number_in<double>(fields[3], "radius", radius_least_m, radius_most_m));
    places.push_back({fields[0], fields[0], {position, radius}});
    return {};
  }));
  return places;
}

Result<std::vector<Crime>> read_crime(std::string_view csv) {
  constexpr std::string_view columns[] = {"area", "road", "kind", "count"};
  constexpr std::uint64_t count_most = 10'000'000;
  REGMARK_ASSIGN(auto sheet, Sheet::open(csv, columns));
  std::vector<Crime> crimes;
  std::set<std::vector<std::string>> seen;
  REGMARK_TRY(sheet.each(rows_max, [&](const Fields& fields) -> Result<void> {
    REGMARK_TRY(base::check_words("the area", fields[0], name_size_max));
    REGMARK_TRY(base::check_printable("the road", fields[1], name_size_max));
    REGMARK_TRY(base::check_words("the kind", fields[2], name_size_max));
    if (!seen.insert({fields[0], fields[1], fields[2]}).second) {
      return wrong("this kind stands there twice for the area and road");
    }
    REGMARK_ASSIGN(const auto count, number_in<std::uint64_t>(fields[3], "count", 0, count_most));
    crimes.push_back({fields[0], fields[1], fields[2], count});
    return {};
  }));
  return crimes;
}

Result<std::vector<Point>> read_points(std::string_view csv) {
  constexpr std::string_view columns[] = {"name", "kind", "latitude", "longitude"};
  REGMARK_ASSIGN(auto sheet, Sheet::open(csv, columns));
  std::vector<Point> points;
  REGMARK_TRY(sheet.each(rows_max, [&](const Fields& fields) -> Result<void> {
    REGMARK_TRY(base::check_words("the name", fields[0], name_size_max));
    const auto kind = base::value_of(point_kind_words, fields[1]);
    if (!kind) return wrong("there is no such kind: infrastructure, border or crowded_place");
    REGMARK_ASSIGN(const auto position, position_in(fields[2], fields[3]));
    points.push_back({fields[0], *kind, position});
    return {};
  }));
  return points;
}

}  // namespace regmark::surroundings
