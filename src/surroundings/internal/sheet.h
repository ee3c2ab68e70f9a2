// A CSV file with known columns, a row at a time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "surroundings/csv.h"
#include "watchlist/csv.h"

namespace regmark::surroundings::internal {

// One row, by the columns in the order in which they were asked for.
using Fields = std::vector<std::string>;

// The columns stand in any order, all of them, and no other. The text must outlive it.
class Sheet {
 public:
  struct Row {
    std::size_t line;
    Fields fields;
  };

  static tl::expected<Sheet, Mistake> open(std::string_view csv,
                                           std::span<const std::string_view> columns);
  // Nothing at the end. A row that is not read does not keep the next from being.
  std::optional<std::variant<Row, Mistake>> next();

 private:
  explicit Sheet(std::string_view csv) : reader_(csv) {}
  watchlist::CsvReader reader_;
  std::vector<std::size_t> places_;
};

}  // namespace regmark::surroundings::internal
