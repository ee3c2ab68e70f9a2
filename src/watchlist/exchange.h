// The sixteen columns in which UK forces hand vehicles of interest to one another, as CSV.
// docs/formats/watchlist_csv.md describes what is read, with a worked example.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "plate/plate.h"
#include "watchlist/csv.h"

namespace regmark::watchlist {

// The sixteen columns of the UK exchange row, in their order, all text as given.
struct ExchangeRow {
  std::string vrm, make, model, colour, action, warning_markers, reason, grading, information,
      force_and_area, weed_date, pnc_id, protective_marking, cad, spare_1, spare_2;
  friend bool operator==(const ExchangeRow&, const ExchangeRow&) = default;
};
inline constexpr std::size_t exchange_columns = 16;

// As one line of CSV in the order above, and back.
std::string exchange_text(const ExchangeRow& row);
// Fails with
//   invalid_input   anything that exchange_text() would not have written
Result<ExchangeRow> parse_exchange_text(std::string_view text);

// When an entry ends by its weed date: as that day begins (UTC), for by then it should have been
// weeded. Takes "2026-11-22" and "22/11/2026"; blank: never. Fails with
//   invalid_input   any other text, or a day that no calendar has
Result<std::optional<base::UtcTime>> parse_weed_date(std::string_view text);

// A row that can stand on a list.
struct ImportRow {
  std::size_t line;
  ExchangeRow row;
  plate::Plate plate;
  std::optional<base::UtcTime> expires_at;
};

struct RejectedRow {
  std::size_t line;
  std::string reason;  // never holds what stands in the row
};

// Reads a list row by row. For one thread; the text must outlive it.
class ExchangeReader {
 public:
  // With a header (a first row that names a column for the registration mark), columns may come in
  // any order, and those with unknown names are not read. Without one they are the sixteen in their
  // order, of which the last may be missing. Fails with
  //   invalid_input   the header names a column twice
  static Result<ExchangeReader> open(std::string_view csv);

  // The next row; nothing at the end. Rejected are
  //   what CsvReader finds bad
  //   more fields than columns; with a header, fewer too
  //   no registration mark, or one that is no plate (wildcards are none)
  //   a weed date that is none
  std::optional<std::variant<ImportRow, RejectedRow>> next();

 private:
  using Column = std::optional<std::size_t>;  // in the order of ExchangeRow; nothing: not read
  ExchangeReader(CsvReader reader, std::vector<Column> header)
      : reader_(reader), header_(std::move(header)) {}
  std::variant<ImportRow, RejectedRow> read(CsvRow row) const;

  CsvReader reader_;
  std::vector<Column> header_;  // empty: there is none
};

}  // namespace regmark::watchlist
