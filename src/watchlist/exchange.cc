#include "watchlist/exchange.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace regmark::watchlist {
namespace {

using Member = std::string ExchangeRow::*;

// Every name that a header may use for a column, in small letters and digits only.
struct NamedColumn {
  Member member;
  std::array<std::string_view, 9> names;
};

constexpr std::array<NamedColumn, exchange_columns> columns = {{
    {&ExchangeRow::vrm,
     {"vrm", "vrn", "registration", "registrationmark", "registrationnumber", "plate",
      "numberplate", "licenceplate", "licenseplate"}},
    {&ExchangeRow::make, {"make"}},
    {&ExchangeRow::model, {"model"}},
    {&ExchangeRow::colour, {"colour", "color"}},
    {&ExchangeRow::action, {"action"}},
    {&ExchangeRow::warning_markers, {"warningmarkers", "warnings"}},
    {&ExchangeRow::reason, {"reason"}},
    {&ExchangeRow::grading, {"grading", "intelligencegrading", "5x5x5"}},
    {&ExchangeRow::information, {"information", "informationaction", "info"}},
    {&ExchangeRow::force_and_area, {"forceandarea", "force", "forcearea"}},
    {&ExchangeRow::weed_date, {"weeddate", "weed", "expires", "expiry", "expirydate"}},
    {&ExchangeRow::pnc_id, {"pncid", "pnc"}},
    {&ExchangeRow::protective_marking, {"protectivemarking", "marking"}},
    {&ExchangeRow::cad, {"cad", "cadinformation", "cadinfo"}},
    {&ExchangeRow::spare_1, {"spare1"}},
    {&ExchangeRow::spare_2, {"spare2"}},
}};

constexpr std::size_t vrm_column = 0;

// "Weed Date" and "weed_date" are one name.
std::string plain_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') name += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name += c;
  }
  return name;
}

std::optional<std::size_t> column_named(std::string_view text) {
  const auto wanted = plain_name(text);
  if (wanted.empty()) return std::nullopt;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const auto& names = columns[column].names;
    if (std::ranges::find(names, wanted) != names.end()) return column;
  }
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// "22/11/2026" as "2026-11-22"; any other text as it is.
std::string iso_day(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::string(text);
  return std::string(text.substr(6, 4)) + '-' + std::string(text.substr(3, 2)) + '-' +
         std::string(text.substr(0, 2));
}

}  // namespace

std::string exchange_text(const ExchangeRow& row) {
  std::vector<std::string> fields;
  for (const auto& column : columns) fields.push_back(row.*column.member);
  return csv_row(fields);
}

Result<ExchangeRow> parse_exchange_text(std::string_view text) {
  CsvReader reader(text);
  const auto first = reader.next();
  const auto* row = first ? std::get_if<CsvRow>(&*first) : nullptr;
  if (row == nullptr || row->fields.size() != columns.size() || reader.next()) {
    return fail(ErrorCode::invalid_input, "not one row of sixteen columns");
  }
  ExchangeRow exchange;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    exchange.*columns[at].member = row->fields[at];
  }
  return exchange;
}

Result<std::optional<base::UtcTime>> parse_weed_date(std::string_view text) {
  const auto date = trimmed(text);
  if (date.empty()) return std::optional<base::UtcTime>();
  const auto day = base::parse_day(iso_day(date));
  if (!day) return fail(ErrorCode::invalid_input, "a weed date is 2026-11-22 or 22/11/2026");
  return std::optional<base::UtcTime>(*day);
}

Result<ExchangeReader> ExchangeReader::open(std::string_view csv) {
  const CsvReader start(csv);
  CsvReader behind_header = start;
  const auto first = behind_header.next();
  const auto* row = first ? std::get_if<CsvRow>(&*first) : nullptr;
  if (row == nullptr) return ExchangeReader(start, {});
  std::vector<Column> header;
  for (const auto& field : row->fields) {
    const auto column = column_named(field);
    if (column && std::ranges::find(header, Column(column)) != header.end()) {
      return fail(ErrorCode::invalid_input,
                  "the header names one column twice: number " + std::to_string(*column + 1));
    }
    header.push_back(column);
  }
  if (std::ranges::find(header, Column(vrm_column)) == header.end()) {
    return ExchangeReader(start, {});
  }
  return ExchangeReader(behind_header, std::move(header));
}

std::optional<std::variant<ImportRow, RejectedRow>> ExchangeReader::next() {
  auto next = reader_.next();
  if (!next) return std::nullopt;
  if (auto* bad = std::get_if<BadCsvRow>(&*next)) {
    return RejectedRow{bad->line, std::move(bad->reason)};
  }
  return read(std::get<CsvRow>(*std::move(next)));
}

std::variant<ImportRow, RejectedRow> ExchangeReader::read(CsvRow row) const {
  const auto rejected = [&](std::string reason) {
    return RejectedRow{row.line, std::move(reason)};
  };
  const auto wanted = header_.empty() ? columns.size() : header_.size();
  const auto found = row.fields.size();
  if (found > wanted || (!header_.empty() && found < wanted)) {
    return rejected(std::to_string(found) + " fields where " + std::to_string(wanted) +
                    " columns are");
  }
  ExchangeRow exchange;
  for (std::size_t at = 0; at < found; ++at) {
    const auto column = header_.empty() ? Column(at) : header_[at];
    if (column) exchange.*columns[*column].member = std::move(row.fields[at]);
  }
  if (trimmed(exchange.vrm).empty()) return rejected("no registration mark");
  auto plate = plate::Plate::parse(exchange.vrm);
  if (!plate) return rejected("registration mark: " + plate.error().message);
  const auto expires_at = parse_weed_date(exchange.weed_date);
  if (!expires_at) return rejected(expires_at.error().message);
  return ImportRow{row.line, std::move(exchange), *std::move(plate), *expires_at};
}

}  // namespace regmark::watchlist
