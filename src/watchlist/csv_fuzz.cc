// Any bytes are read to their end, row by row; a row that was read can be written and read back,
// and nothing is read twice or left out: the lines of the rows only grow.
#include "base/check.h"
#include "watchlist/exchange.h"

namespace {

using namespace regmark::watchlist;

void read_all_rows(std::string_view text) {
  CsvReader reader(text);
  std::size_t line = 0;
  while (const auto next = reader.next()) {
    const auto* bad = std::get_if<BadCsvRow>(&*next);
    const auto* row = std::get_if<CsvRow>(&*next);
    const auto next_line = bad != nullptr ? bad->line : row->line;
    REGMARK_CHECK(next_line > line);
    line = next_line;
    if (row == nullptr) continue;
    REGMARK_CHECK(!row->fields.empty() && row->fields.size() <= csv_fields_max);
    const auto written = csv_row(row->fields);
    CsvReader again(written);
    const auto back = again.next();
    // A single blank field is a blank line.
    if (!back) {
      REGMARK_CHECK(row->fields.size() == 1);
      continue;
    }
    REGMARK_CHECK(std::get<CsvRow>(*back).fields == row->fields);
    REGMARK_CHECK(!again.next());
  }
}

void read_as_list(std::string_view text) {
  auto reader = ExchangeReader::open(text);
  if (!reader) return;
  while (const auto next = reader->next()) {
    const auto* row = std::get_if<ImportRow>(&*next);
    if (row == nullptr) continue;
    const auto back = parse_exchange_text(exchange_text(row->row));
    REGMARK_CHECK(back && *back == row->row);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_all_rows(text);
  read_as_list(text);
  return 0;
}
