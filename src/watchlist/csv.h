// Comma-separated values as RFC 4180 has them, and as people send them: any line end, a byte order
// mark, semicolons or tabs. Every field is text and stays text: 1E10 is a plate and 007 is 007.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace regmark::watchlist {

inline constexpr std::size_t csv_fields_max = 64;
inline constexpr std::size_t csv_field_size_max = 1'024;  // bytes, without the quotes

struct CsvRow {
  std::size_t line;  // on which it starts, from 1
  std::vector<std::string> fields;
};

struct BadCsvRow {
  std::size_t line;
  std::string reason;  // never holds what stands in the row
};

// Reads one row after another. A row that cannot be read takes only its first line with it, so an
// unclosed quote cannot swallow what follows. For one thread; the text must outlive it.
class CsvReader {
 public:
  // The delimiter is the first comma, semicolon or tab outside quotes in the first line that is not
  // blank; a comma where there is none.
  explicit CsvReader(std::string_view text);

  // The next row that is not blank; nothing at the end. Bad are
  //   a quoted field that is not closed, or with text behind its closing quote
  //   a field longer than csv_field_size_max, more fields than csv_fields_max
  //   bytes that are no UTF-8, and control characters but tab and line ends within quotes
  // A quote within an unquoted field stands for itself.
  std::optional<std::variant<CsvRow, BadCsvRow>> next();

  char delimiter() const { return delimiter_; }

 private:
  struct Parsed;
  Parsed parse_row(std::string_view text) const;

  std::string_view left_;
  std::size_t line_ = 1;
  char delimiter_ = ',';
};

// One row as CsvReader reads it, with commas, quotes only where they are needed, no line end. Reads
// back as the same fields, unless all of them are blank.
std::string csv_row(const std::vector<std::string>& fields);

}  // namespace regmark::watchlist
