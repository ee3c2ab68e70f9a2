// Looks a file about places through without taking it in: for a person who wants to see what it
// holds, and everything that is wrong with it at once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "surroundings/csv.h"
#include "surroundings/data_sets.h"

namespace regmark::surroundings {

inline constexpr std::size_t first_rows_max = 5;
inline constexpr std::size_t mistakes_max = 50;  // nobody mends more before looking again

struct CheckedData {
  std::vector<std::string> columns{};
  std::vector<std::vector<std::string>> first{};  // rows as they stand there, right or wrong
  std::size_t rows = 0;                           // all that there are
  std::vector<Mistake> mistakes{};                // the first of them, in the order of the file
  std::size_t mistakes_more = 0;
};

// What take_in() would say of the text: it has no mistakes here if and only if that would take it
// as one of its kind. Of roads, which are no CSV, the first mistake only.
CheckedData check_data(DataKind kind, std::string_view text);

}  // namespace regmark::surroundings
