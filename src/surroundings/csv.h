// The CSV files about places, read strictly: docs/formats/surroundings_csv.md. A heading is needed;
// the first row that is wrong fails the file, by its line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/geography.h"
#include "base/result.h"
#include "base/word_table.h"
#include "planning/inputs.h"

namespace regmark::surroundings {

inline constexpr std::size_t rows_max = 1'000'000;
inline constexpr std::size_t name_size_max = 200;

struct Traffic {
  base::Position position;
  std::int64_t vehicles_a_day = 0;
};

struct Crime {
  std::string area{};
  std::string road{};  // or empty: of the area as a whole
  std::string kind{};  // the source's own word
  std::uint64_t count = 0;
};

enum class PointKind : std::uint8_t { infrastructure, border, crowded_place };
inline constexpr base::Words<PointKind, 3> point_kind_words{{
    {PointKind::infrastructure, "infrastructure"},
    {PointKind::border, "border"},
    {PointKind::crowded_place, "crowded_place"},
}};

struct Point {
  std::string name{};
  PointKind kind = PointKind::infrastructure;
  base::Position position;
};

// What is wrong with a file, and on which of its lines. Never what stands there.
struct Mistake {
  std::size_t line = 0;  // 0: with the file as a whole
  std::string what{};
};

// Each fails with
//   invalid_input   a column that is missing, unknown or there twice; a row that is not read, or
//                   says what cannot be (line named); no rows
//   limit_exceeded  more than rows_max (of population planning::cells_max)
Result<std::vector<planning::Cell>> read_population(std::string_view csv);
Result<std::vector<Traffic>> read_traffic(std::string_view csv);
Result<std::vector<planning::PlaceInput>> read_settlements(std::string_view csv);
Result<std::vector<Crime>> read_crime(std::string_view csv);
Result<std::vector<Point>> read_points(std::string_view csv);

}  // namespace regmark::surroundings
