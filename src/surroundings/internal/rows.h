// What a row of each kind of file is read as. One reader reads the rows of one file.
#pragma once

#include <set>
#include <string_view>

#include "planning/inputs.h"
#include "surroundings/internal/sheet.h"

namespace regmark::surroundings::internal {

struct PopulationRows {
  using Row = planning::Cell;
  static constexpr std::string_view columns[] = {"latitude", "longitude", "residents"};
  static constexpr std::size_t count_max = planning::cells_max;
  static Result<Row> read(const Fields& fields);
};

struct TrafficRows {
  using Row = Traffic;
  static constexpr std::string_view columns[] = {"latitude", "longitude", "vehicles_a_day"};
  static constexpr std::size_t count_max = rows_max;
  static Result<Row> read(const Fields& fields);
};

struct SettlementRows {
  using Row = planning::PlaceInput;
  static constexpr std::string_view columns[] = {"name", "latitude", "longitude", "radius_m"};
  static constexpr std::size_t count_max = planning::places_max;
  Result<Row> read(const Fields& fields);
  std::set<std::string> names{};
};

struct CrimeRows {
  using Row = Crime;
  static constexpr std::string_view columns[] = {"area", "road", "kind", "count"};
  static constexpr std::size_t count_max = rows_max;
  Result<Row> read(const Fields& fields);
  std::set<std::vector<std::string>> seen{};
};

struct PointRows {
  using Row = Point;
  static constexpr std::string_view columns[] = {"name", "kind", "latitude", "longitude"};
  static constexpr std::size_t count_max = rows_max;
  static Result<Row> read(const Fields& fields);
};

}  // namespace regmark::surroundings::internal
