#include "surroundings/csv.h"

#include "surroundings/internal/rows.h"
#include "surroundings/internal/sheet.h"

namespace regmark::surroundings {
namespace {

using internal::Sheet;

tl::unexpected<Error> wrong(const Mistake& mistake) {
  const auto line = mistake.line == 0 ? "" : "line " + std::to_string(mistake.line) + ": ";
  return fail(ErrorCode::invalid_input, line + mistake.what);
}

template <typename Rows>
Result<std::vector<typename Rows::Row>> read_all(std::string_view csv) {
  auto sheet = Sheet::open(csv, Rows::columns);
  if (!sheet) return wrong(sheet.error());
  Rows reader;
  std::vector<typename Rows::Row> rows;
  while (const auto next = sheet->next()) {
    if (const auto* bad = std::get_if<Mistake>(&*next)) return wrong(*bad);
    const auto& [line, fields] = std::get<Sheet::Row>(*next);
    if (rows.size() == Rows::count_max) {
      return fail(ErrorCode::limit_exceeded, "it has too many rows");
    }
    auto row = reader.read(fields);
    if (!row) return wrong({line, row.error().message});
    rows.push_back(*std::move(row));
  }
  if (rows.empty()) return wrong({0, "it has no rows"});
  return rows;
}

}  // namespace

Result<std::vector<planning::Cell>> read_population(std::string_view csv) {
  return read_all<internal::PopulationRows>(csv);
}

Result<std::vector<Traffic>> read_traffic(std::string_view csv) {
  return read_all<internal::TrafficRows>(csv);
}

Result<std::vector<planning::PlaceInput>> read_settlements(std::string_view csv) {
  return read_all<internal::SettlementRows>(csv);
}

Result<std::vector<Crime>> read_crime(std::string_view csv) {
  return read_all<internal::CrimeRows>(csv);
}

Result<std::vector<Point>> read_points(std::string_view csv) {
  return read_all<internal::PointRows>(csv);
}

}  // namespace regmark::surroundings
