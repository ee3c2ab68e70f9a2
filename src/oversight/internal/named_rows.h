// Rows of a CSV text whose first row names its columns.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "watchlist/csv.h"

namespace regmark::oversight::internal {

// The field without blanks around it.
std::string trimmed(std::string_view text);

// For one thread; the text must outlive it.
class NamedRows {
 public:
  // The first column must be there, the others may be missing: their fields are blank. Case and
  // order do not matter, and columns with other names are not read. Fails with
  //   invalid_input   no rows, the first column is missing, or one stands twice
  static Result<NamedRows> open(std::string_view csv, std::span<const std::string_view> columns);

  // The next row, its fields in the order of `columns` and trimmed; nothing at the end. Bad is what
  // CsvReader finds bad, and a row with more or fewer fields than the first.
  std::optional<std::variant<watchlist::CsvRow, watchlist::BadCsvRow>> next();

 private:
  NamedRows(watchlist::CsvReader reader, std::size_t width,
            std::vector<std::optional<std::size_t>> places)
      : reader_(reader), width_(width), places_(std::move(places)) {}

  watchlist::CsvReader reader_;
  std::size_t width_;
  std::vector<std::optional<std::size_t>> places_;
};

}  // namespace regmark::oversight::internal
