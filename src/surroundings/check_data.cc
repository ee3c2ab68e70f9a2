#include "surroundings/check_data.h"

#include <fmt/format.h>

#include "planning/read_network.h"
#include "surroundings/internal/rows.h"
#include "surroundings/internal/sheet.h"

namespace regmark::surroundings {
namespace {

using internal::Sheet;

void add(CheckedData& checked, Mistake mistake) {
  if (checked.mistakes.size() < mistakes_max) {
    checked.mistakes.push_back(std::move(mistake));
  } else {
    ++checked.mistakes_more;
  }
}

template <typename Rows>
CheckedData check_all(std::string_view csv) {
  CheckedData checked;
  for (const auto column : Rows::columns) checked.columns.emplace_back(column);
  auto sheet = Sheet::open(csv, Rows::columns);
  if (!sheet) {
    add(checked, sheet.error());
    return checked;
  }
  Rows reader;
  while (auto next = sheet->next()) {
    ++checked.rows;
    if (auto* bad = std::get_if<Mistake>(&*next)) {
      add(checked, std::move(*bad));
      continue;
    }
    auto& [line, fields] = std::get<Sheet::Row>(*next);
    if (const auto row = reader.read(fields); !row) add(checked, {line, row.error().message});
    if (checked.first.size() < first_rows_max) checked.first.push_back(std::move(fields));
  }
  if (checked.rows == 0) add(checked, {0, "it has no rows"});
  if (checked.rows > Rows::count_max) add(checked, {0, "it has too many rows"});
  return checked;
}

CheckedData check_roads(std::string_view text) {
  CheckedData checked{.columns = {"id", "name", "class", "speed_kmh", "one_way"}};
  const auto network = planning::read_network(text);
  if (!network) {
    add(checked, {0, network.error().message});
    return checked;
  }
  checked.rows = network->roads().size();
  for (const auto& road : network->roads()) {
    if (checked.first.size() == first_rows_max) break;
    checked.first.push_back({road.id, road.name, std::string(planning::name(road.road_class)),
                             fmt::format("{:.0f}", road.speed_kmh), road.one_way ? "yes" : "no"});
  }
  return checked;
}

}  // namespace

CheckedData check_data(DataKind kind, std::string_view text) {
  switch (kind) {
    case DataKind::population:
      return check_all<internal::PopulationRows>(text);
    case DataKind::traffic:
      return check_all<internal::TrafficRows>(text);
    case DataKind::settlements:
      return check_all<internal::SettlementRows>(text);
    case DataKind::crime:
      return check_all<internal::CrimeRows>(text);
    case DataKind::points:
      return check_all<internal::PointRows>(text);
    case DataKind::roads:
      return check_roads(text);
  }
  return {.mistakes = {{0, "there is no such kind of data"}}};
}

}  // namespace regmark::surroundings
